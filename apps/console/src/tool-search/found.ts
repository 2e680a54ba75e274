import type { Answer, Item, Patchbay } from '@patchbay/client';

export type Explanation = NonNullable<Answer<'listTools'>['explanation']>;
export type Explained = Explanation['tools'][number];

/** A tool that was found, and what by. */
export interface Found {
  tool: Item<'listTools'>;
  why: Explained | undefined;
}

/** A page of what a sentence finds, each with its reasons. */
export async function readFound(
  api: Patchbay,
  query: { search: string; toolkit_slug?: string[] },
  cursor: string | undefined,
  signal: AbortSignal,
) {
  const page = await api.request('listTools', {
    query: { ...query, explain: true, limit: 20, ...(cursor && { cursor }) },
    signal,
  });
  const reasons = new Map(page.explanation?.tools.map((why) => [why.slug, why]));
  return {
    items: page.items.map((tool): Found => ({ tool, why: reasons.get(tool.slug) })),
    next: page.next_cursor,
    total: page.total_items,
  };
}

/** What each part of a score is, in words. */
export const PARTS: Record<Explained['parts'][number]['part'], string> = {
  words: 'Its words',
  covered: 'How much of the sentence it has',
  said: 'How much of its name is said',
  brevity: 'A short name',
  important: 'Often used',
  fits: 'Reads or changes, as asked',
  similarity: 'Its meaning',
  ready: 'Can be called at once',
};

const FIELDS: Record<Explained['words'][number]['fields'][number], string> = {
  name: 'name',
  description: 'description',
  inputs: 'arguments',
  details: 'what is said of arguments',
};

/** How a word of the sentence was found: `bug: its synonym issu, in name, description`. */
export function wordText({ how, found, fields }: Explained['words'][number]): string {
  const where = `in ${fields.map((field) => FIELDS[field]).join(', ')}`;
  return how === 'same' ? where : `as ${found} (${how}), ${where}`;
}
