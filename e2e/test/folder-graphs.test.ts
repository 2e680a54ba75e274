import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { draw, folderGraphs, readDrawing } from '../support/folder-graphs.mjs';

const root = fileURLToPath(new URL('../../', import.meta.url));

describe("the pictures of the services' folders", () => {
  it('show what the code imports; `npm run docs:graph` draws them', () => {
    const graphs = folderGraphs();
    expect(graphs).toHaveLength(8);
    for (const { service, path, folders, edges } of graphs) {
      const drawing = readDrawing(readFileSync(join(root, path), 'utf8'));
      expect({ service, ...drawing }).toEqual({ service, folders, edges });
    }
  }, 60_000);

  it('are read as they were drawn', async () => {
    const graph = {
      service: 'one',
      path: 'one.svg',
      folders: ['a', 'b-c'],
      edges: [['a', 'b-c'] satisfies [string, string]] as [string, string][],
    };
    expect(readDrawing(await draw(graph))).toEqual({ folders: graph.folders, edges: graph.edges });
  });
});
