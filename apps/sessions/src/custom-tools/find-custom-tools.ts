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
    // Word by word: how rare a word is among a handful of tools does not say how much of the query it is.
    const words = senses.map((sense) => index.match([sense]));
    const total = (values: readonly Float32Array[], at: number) =>
      values.reduce((sum, of) => sum + (of[at] as number), 0);
    return tools
      .map((tool, at) => ({
        tool,
        score: total(
          words.map(({ scores }) => scores),
          at,
        ),
        covered: total(
          words.map(({ covered }) => covered),
          at,
        ),
      }))
      .filter(
        ({ tool, score }) =>
          score > 0 && (!toolkits || toolkits.includes(tool.extendsToolkit?.toLowerCase() ?? '')),
      )
      .toSorted((a, b) => b.score - a.score)
      .map(({ tool, covered }) => ({ tool, isClose: covered >= senses.length * CLOSE_SHARE }));
  };
}
