import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { instance } from '@viz-js/viz';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const FOLDER = /^apps\/([^/]+)\/src\/([^/]+)\//;
/** What dependency-cruiser does not read (`.dependency-cruiser.cjs`); their folders' imports are all of this form. */
const IMPORT_OF_PAGE = /from '\.\.\/([^/']+)\//g;

const ATTRIBUTES = {
  graphAttributes: { nodesep: 0.25, ranksep: 0.45, bgcolor: 'white' },
  nodeAttributes: {
    shape: 'box',
    style: 'rounded,filled',
    fillcolor: '#eef3fa',
    color: '#5b7aa6',
    fontname: 'Helvetica,Arial,sans-serif',
    fontsize: 12,
    height: 0.3,
    margin: '0.18,0.05',
  },
  edgeAttributes: { color: '#7a8794', arrowsize: 0.6 },
};

/** Which folders of each service import which, without the arrows that others imply. */
export function folderGraphs() {
  const graphs = new Map();
  const add = (service, from, to) => {
    if (from === 'migrations') return;
    if (!graphs.has(service)) graphs.set(service, new Map());
    const graph = graphs.get(service);
    if (!graph.has(from)) graph.set(from, new Set());
    if (to && to !== from) graph.get(from).add(to);
  };
  for (const { source, dependencies } of cruised()) {
    const [, service, from] = FOLDER.exec(source) ?? [];
    if (!service) continue;
    add(service, from);
    for (const { resolved } of dependencies) {
      const [, of, to] = FOLDER.exec(resolved) ?? [];
      if (of === service) add(service, from, to);
    }
  }
  for (const page of pages()) {
    const [, service, from] = FOLDER.exec(page);
    for (const [, to] of readFileSync(join(ROOT, page), 'utf8').matchAll(IMPORT_OF_PAGE))
      add(service, from, to);
  }
  return [...graphs]
    .toSorted(([a], [b]) => byText(a, b))
    .map(([service, graph]) => ({
      service,
      path: `docs/folders/${service}.svg`,
      folders: [...graph.keys()].toSorted(byText),
      edges: reduced(graph),
    }));
}

/** The drawing of a service's graph. */
export async function draw({ service, folders, edges }) {
  const viz = await instance();
  return viz.renderString(
    {
      name: service,
      ...ATTRIBUTES,
      nodes: folders.map((name) => ({ name })),
      edges: edges.map(([tail, head]) => ({ tail, head })),
    },
    { format: 'svg' },
  );
}

/** The folders and arrows of a drawing. */
export function readDrawing(svg) {
  const titles = [...svg.matchAll(/class="(node|edge)">\s*<title>([^<]*)<\/title>/g)];
  const of = (kind) =>
    titles.filter(([, found]) => found === kind).map(([, , title]) => title.replaceAll('&#45;', '-'));
  return {
    folders: of('node').toSorted(byText),
    edges: of('edge')
      .map((title) => title.replace('&gt;', '>').split('->'))
      .toSorted(byName),
  };
}

function cruised() {
  const program = join(ROOT, 'node_modules/.bin/depcruise');
  const options = { cwd: ROOT, encoding: 'utf8', maxBuffer: 256 * 1024 * 1024 };
  return JSON.parse(execFileSync(program, ['--output-type', 'json', 'apps'], options)).modules;
}

function pages() {
  const options = { cwd: ROOT, encoding: 'utf8' };
  return execFileSync('git', ['ls-files', 'apps/*/src/*/*.tsx'], options).split('\n').filter(Boolean);
}

/** The graph's transitive reduction; it has no circle. */
function reduced(graph) {
  const reaches = (from, to) => [...(graph.get(from) ?? [])].some((next) => next === to || reaches(next, to));
  return [...graph]
    .flatMap(([from, tos]) =>
      [...tos]
        .filter((to) => ![...tos].some((other) => other !== to && reaches(other, to)))
        .map((to) => [from, to]),
    )
    .toSorted(byName);
}

function byText(a, b) {
  return a < b ? -1 : 1;
}

function byName(a, b) {
  return byText(a.join(' '), b.join(' '));
}
