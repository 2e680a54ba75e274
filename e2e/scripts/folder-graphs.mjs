// `npm run docs:graph`: draws which folders of each service import which, into docs/folders.
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { draw, folderGraphs } from '../support/folder-graphs.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
for (const graph of folderGraphs()) {
  const path = join(root, graph.path);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, await draw(graph));
}
