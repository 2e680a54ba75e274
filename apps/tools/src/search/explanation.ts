import { rawWordsOf, stemOf } from '@patchbay/search';
import type { SearchExplanation, ToolExplanation } from '@patchbay/contracts';
import type { Found } from './finder.js';
import type { ReadQuery } from './query.js';
import { FEATURES, READY } from './ranking.js';

/**
 * What a search went by.
 * @param whole the text as it was read
 * @param clauses the parts of it that were looked for by themselves
 */
export function explain(
  whole: ReadQuery,
  clauses: readonly string[],
  found: readonly Found[],
): SearchExplanation {
  return {
    words: [...new Set(whole.words)],
    intent: whole.intent ?? null,
    toolkits: [...whole.toolkits.slugs],
    clauses: [...clauses],
    tools: found.map((one) => explainOne(one, whole)),
  };
}

function explainOne(found: Found, whole: ReadQuery): ToolExplanation {
  const { entry, candidate, score, query, index, scorer, favour, standsBack = 1 } = found;
  const { document, similarity, prior } = candidate;
  const parts = scorer.parts(candidate);
  const said = wordsByStem(query);
  return {
    slug: entry.definition.slug,
    score,
    parts: [
      ...FEATURES.map((part) => ({ part, gives: parts[part] })),
      { part: 'ready' as const, gives: favour.isReady ? prior * READY : 0 },
    ].filter(({ gives }) => gives !== 0),
    words: index.tools.explain(query, document).map(({ word, found: there, how, sure, fields }) => ({
      word: said.get(word) ?? word,
      found: there,
      how,
      sure,
      fields,
    })),
    similarity: similarity === 0 ? null : similarity,
    operation: index.tools.operation(document) ?? null,
    alias: index.aliases[document] ?? null,
    boost: favour.boost,
    factors: { toolkit: prior, name: standsBack },
    // Of a text that is one thing, the part is all of it.
    clause: query.text === whole.text ? null : query.text,
  };
}

/** Stems as they were said. */
function wordsByStem({ text }: ReadQuery): Map<string, string> {
  return new Map(rawWordsOf(text).map((word) => [stemOf(word), word]));
}
