import type { NamedCustomTool } from '@patchbay/contracts';
import MiniSearch from 'minisearch';

/** A custom tool that fits a query; a close one covers most of its words. */
export interface CustomHit {
  tool: NamedCustomTool;
  isClose: boolean;
}

const CLOSE_SHARE = 0.5;
const STOP_WORDS = new Set(
  'a an and by for from i in into is it me my of on or please the this to with'.split(' '),
);

/** Searches the custom tools of one request, which no other request knows: a small index, made for it. */
export function findCustomTools(
  tools: readonly NamedCustomTool[],
): (text: string, toolkits?: readonly string[]) => CustomHit[] {
  if (tools.length === 0) return () => [];
  const index = new MiniSearch({
    idField: 'slug',
    fields: ['words', 'name', 'description'],
    processTerm: (term) => (STOP_WORDS.has(term.toLowerCase()) ? null : term.toLowerCase()),
    searchOptions: { boost: { words: 2, name: 2 }, prefix: (term) => term.length > 3 },
  });
  const bySlug = new Map(tools.map((tool) => [tool.slug, tool]));
  index.addAll(
    tools.map(({ slug, originalSlug, name, description }) => ({
      slug,
      words: originalSlug.replaceAll(/[_-]/g, ' '),
      name,
      description,
    })),
  );
  return (text, toolkits) => {
    const asked = new Set(
      text
        .toLowerCase()
        .match(/[\p{L}\p{N}]+/gu)
        ?.filter((word) => !STOP_WORDS.has(word)),
    );
    return index.search(text).flatMap(({ id, queryTerms }) => {
      const tool = bySlug.get(String(id));
      if (!tool || (toolkits && !toolkits.includes(tool.extendsToolkit?.toLowerCase() ?? ''))) return [];
      return [{ tool, isClose: new Set(queryTerms).size >= asked.size * CLOSE_SHARE }];
    });
  };
}
