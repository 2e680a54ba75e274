import type { Answer } from '@patchbay/client';
import type { Cli } from '../cli.js';

type Explanation = NonNullable<Answer<'listTools'>['explanation']>;
type Explained = Explanation['tools'][number];

/** One page at most, which is more than anybody reads of reasons. */
const EXPLAINED_AT_MOST = 100;

/** What a search read in a sentence, and what each tool was found by. */
export async function explainSearch(
  cli: Cli,
  query: { search: string; toolkit_slug?: string[] },
  limit: number,
): Promise<void> {
  const patchbay = await cli.client();
  const { explanation } = await patchbay.request('listTools', {
    query: { ...query, explain: true, limit: Math.min(limit, EXPLAINED_AT_MOST) },
    signal: cli.signal,
  });
  if (cli.output.json) return cli.output.value(explanation ?? null);
  const { tools = [], words = [], intent, toolkits = [], clauses = [] } = explanation ?? {};
  cli.output.list(
    tools,
    {
      slug: ({ slug }) => slug,
      score: ({ score }) => score.toFixed(3),
      parts: partsOf,
      words: wordsOf,
      more: moreOf,
    },
    'There is no such tool.',
  );
  cli.output.note(
    [
      `Looked for ${words.join(', ') || 'nothing'}`,
      ...(intent ? [`to ${intent}`] : []),
      ...(toolkits.length > 0 ? [`of ${toolkits.join(', ')}`] : []),
      ...(clauses.length > 0 ? [`and by itself for each of: ${clauses.join(' | ')}`] : []),
    ].join('; '),
  );
}

function partsOf({ parts }: Explained): string {
  return parts
    .toSorted((a, b) => b.gives - a.gives)
    .map(({ part, gives }) => `${part} ${gives.toFixed(3)}`)
    .join(', ');
}

function wordsOf({ words }: Explained): string {
  return words
    .map(({ word, found, how, fields }) => {
      const said = how === 'same' ? word : `${word}=${found} (${how})`;
      return `${said} in ${fields.join('+')}`;
    })
    .join(', ');
}

/** What is not so with most tools. */
function moreOf({ similarity, alias, boost, factors, clause }: Explained): string {
  return [
    ...(similarity === null ? [] : [`meaning ${similarity.toFixed(2)}`]),
    ...(alias === null ? [] : [`alias "${alias}"`]),
    ...(boost === 1 ? [] : [`boost ${boost}`]),
    ...(factors.toolkit === 1 ? [] : [`another toolkit, times ${factors.toolkit}`]),
    ...(factors.name === 1 ? [] : [`a name as before, times ${factors.name.toFixed(2)}`]),
    ...(clause === null ? [] : [`for "${clause}"`]),
  ].join(', ');
}
