import type { NamedCustomTool } from '@patchbay/contracts';
import { LexicalIndex, plainly, rawWordsOf, wordsOf } from '@patchbay/search';

/** A custom tool that fits a query; a close one covers most of its words. */
export interface CustomHit {
  tool: NamedCustomTool;
  isClose: boolean;
}

const CLOSE_SHARE = 0.5;

/** Searches the custom tools of one request, which no other request knows: a small index, made for it. */
export function findCustomTools(
  tools: readonly NamedCustomTool[],
): (text: string, toolkits?: readonly string[]) => CustomHit[] {
  if (tools.length === 0) return () => [];
  const index = new LexicalIndex(
    tools.map(({ originalSlug, name, description, inputSchema }) => ({
      name: `${name} ${originalSlug}`,
      description,
      inputs: Object.keys((inputSchema['properties'] as object | undefined) ?? {}).join(' '),
      details: '',
    })),
  );
  return (text, toolkits) => {
    const senses = index.sensesOf(wordsOf(plainly(rawWordsOf(text)).join(' ')));
    const scores = new Float64Array(tools.length);
    const covered = new Float64Array(tools.length);
    // Word by word: how rare a word is among a handful of tools does not say how much of the query it is.
    for (const sense of senses) {
      const found = index.match([sense]);
      for (const at of found.documents) {
        scores[at] = (scores[at] as number) + (found.scores[at] as number);
        covered[at] = (covered[at] as number) + (found.covered[at] as number);
      }
    }
    return tools
      .map((tool, at) => ({ tool, score: scores[at] as number, covered: covered[at] as number }))
      .filter(
        ({ tool, score }) =>
          score > 0 && (!toolkits || toolkits.includes(tool.extendsToolkit?.toLowerCase() ?? '')),
      )
      .toSorted((a, b) => b.score - a.score)
      .map(({ tool, covered }) => ({ tool, isClose: covered >= senses.length * CLOSE_SHARE }));
  };
}
