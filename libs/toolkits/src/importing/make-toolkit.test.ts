import { describe, expect, it } from 'vitest';
import { readIndex, readTools } from '../data-file.js';
import { makeToolkit } from './make-toolkit.js';
import { readRecipe } from './recipe.js';

const quiet = () => undefined;

describe('a recipe', () => {
  it("makes of Figma's whole document, which is installed here, what ships", async () => {
    const recipe = readRecipe(new URL('../../recipes/figma.yaml', import.meta.url));
    const { data, outcome } = await makeToolkit('figma', recipe, [], quiet);
    expect(data.tools).toEqual(readTools('figma'));
    const { operations, tools, refused } = readIndex()['figma'] ?? {};
    expect({
      operations: outcome.imported.length + outcome.refused.length,
      tools: outcome.imported.length,
      refused: {},
    }).toEqual({ operations, tools, refused });
  });

  it('names important tools that are not there', async () => {
    const recipe = readRecipe(new URL('../../recipes/figma.yaml', import.meta.url));
    await expect(makeToolkit('figma', { ...recipe, important: ['FIGMA_NONE'] }, [], quiet)).rejects.toThrow(
      'FIGMA_NONE',
    );
  });
});
