import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ROOT } from '../support/built-controllers.mjs';

const FOLDERS = ['docs/api', 'docs/operating'];
const isPage = (place: string) => FOLDERS.some((folder) => place.startsWith(`${folder}/`));

function filesOf(...patterns: string[]): { path: string; text: string }[] {
  const args = ['ls-files', '--cached', '--others', '--exclude-standard', ...patterns];
  const paths = execFileSync('git', args, { cwd: ROOT, encoding: 'utf8' }).trim().split('\n');
  return paths.map((path) => ({ path, text: readFileSync(join(ROOT, path), 'utf8') }));
}

/** As web pages of Markdown name their headings. */
function anchorOf(heading: string): string {
  return heading
    .toLowerCase()
    .replaceAll(/[^\w\- ]/g, '')
    .replaceAll(' ', '-');
}

const places = new Set(
  filesOf(...FOLDERS.map((folder) => `${folder}/*.md`)).flatMap(({ path, text }) => [
    path,
    ...[...text.matchAll(/^#+ (.+)$/gm)].map(([, heading]) => `${path}#${anchorOf(heading!)}`),
  ]),
);
const sources = filesOf('apps', 'libs', 'e2e', 'infra', 'bench').filter(({ path }) =>
  /\.(m?tsx?|mjs|py|ya?ml)$|env\.example$/.test(path),
);

describe('the pages of the API and of operating', () => {
  it('have every heading that a comment cites', () => {
    const cited = sources.flatMap(({ path, text }) =>
      [...text.matchAll(/docs\/(?:api|operating)\/[\w-]+\.md(?:#[\w-]+)?/g)].map(([place]) => ({
        path,
        place,
      })),
    );
    expect(cited.length).toBeGreaterThan(40);
    expect(cited.filter(({ place }) => !places.has(place))).toEqual([]);
  });

  it('have every heading that a document links to', () => {
    const linked = filesOf('*.md').flatMap(({ path, text }) =>
      [...text.matchAll(/\]\(([\w./-]+\.md(?:#[\w-]+)?)\)/g)].map(([, link]) => ({
        path,
        place: normalize(join(dirname(path), link!)),
      })),
    );
    const here = linked.filter(({ place }) => isPage(place));
    expect(here.length).toBeGreaterThan(10);
    expect(here.filter(({ place }) => !places.has(place))).toEqual([]);
  });

  it('are cited instead of pages that are not in the repository', () => {
    const elsewhere = /\b(?:contract, )?(?:endpoints|connect-link|meta-tools|README) \d+(?:\.\d+)?\b/;
    expect(sources.filter(({ text }) => elsewhere.test(text)).map(({ path }) => path)).toEqual([]);
  });
});
