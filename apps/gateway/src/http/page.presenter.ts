import type { Page } from '@patchbay/contracts';
import { z } from 'zod';

/** A page of a list (docs/api/conventions.md#pages). */
export function pageAnswer<I extends z.ZodType>(item: I) {
  return z.object({
    items: z.array(item),
    next_cursor: z.string().nullable().describe('The `cursor` of the next page; null on the last one.'),
    total_pages: z.int().min(1),
    current_page: z.int().min(1),
    total_items: z.int().min(0),
  });
}

export function presentPage<T, W>(page: Page<T>, limit: number, present: (item: T) => W) {
  return {
    items: page.items.map(present),
    next_cursor: page.nextCursor,
    total_pages: Math.max(1, Math.ceil(page.total / limit)),
    current_page: page.page,
    total_items: page.total,
  };
}
