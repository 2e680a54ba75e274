import { z } from 'zod';
import { path } from '../../tool-runtime.js';
import type { Poll } from '../../trigger.js';
import { newItems, type ItemRequest } from '../../triggers/new-items.js';
import type { Repository } from './repository-hook.js';

const PAGE_SIZE = 100;

/** Polls a list of a repository's things that GitHub gives newest first, until one is older than what is known. */
export function repositoryList<C extends Repository, P, I extends { created_at: string }>(source: {
  /** Under the repository: `issues/comments`. */
  list: string;
  query?: Record<string, unknown>;
  headers?: Record<string, string>;
  item: z.ZodType<I>;
  keyOf: (item: I) => string;
  payload: (item: I, request: ItemRequest<C>) => P | undefined;
}): Poll<C, P> {
  const Items = z.array(source.item);
  return newItems<C, P, I>({
    async list({ config: { owner, repo }, since, page = 1, runtime }) {
      const answer = await runtime.http.request({
        method: 'GET',
        url: `${path`/repos/${owner}/${repo}`}/${source.list}`,
        query: { ...source.query, per_page: PAGE_SIZE, page },
        ...(source.headers && { headers: source.headers }),
      });
      const items = Items.parse(answer);
      const oldest = items.at(-1)?.created_at;
      const isOver =
        items.length < PAGE_SIZE || (since !== undefined && oldest !== undefined && oldest < since);
      return { items, next: isOver ? undefined : Number(page) + 1 };
    },
    keyOf: source.keyOf,
    timeOf: (item) => item.created_at,
    payload: source.payload,
  });
}
