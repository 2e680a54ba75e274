import type { Answer } from '@patchbay/client';
import type { Cli } from '../cli.js';
import { oneLine } from '../output/index.js';

type Import = Answer<'upsertCustomToolkit'>;

/** What came of reading a source: what people have to look at, and what they may. */
export function reportImport(cli: Cli, answer: Import): void {
  if (cli.output.json) return cli.output.value(answer);
  const { toolkit, imported, renamed, refused, adjusted } = answer;
  const { held_back: heldBack } = toolkit;
  cli.output.details(toolkit, {
    Toolkit: ({ slug, name }) => `${slug} (${name})`,
    Version: ({ version }) => version,
    'Signs in by': ({ auth_schemes: schemes }) => schemes.join(', ') || 'nothing',
    Status: ({ status }) => status.replaceAll('_', ' '),
    'Held back': () => heldBack && [...heldBack.added, ...heldBack.changed, ...heldBack.removed].join('\n'),
    Problem: ({ problem }) => problem,
    Imported: () => imported.join('\n'),
    Renamed: () => renamed.map(({ from, to, reason }) => `${from} is ${to}: ${oneLine(reason)}`).join('\n'),
    Adjusted: () => adjusted.map(placeText).join('\n'),
    'Left out': () => refused.map(placeText).join('\n'),
  });
  cli.output.note(
    `${imported.length} tools imported, ${renamed.length} renamed, ${adjusted.length} adjusted, ${refused.length} left out.`,
  );
  if (heldBack)
    cli.output.note(
      `What differs is held back: look at it, then \`patchbay toolkits approve ${toolkit.slug}\`.`,
    );
}

const placeText = ({ operation, place, reason }: Import['refused'][number]) =>
  `${oneLine(operation)} at ${oneLine(place)}: ${oneLine(reason)}`;
