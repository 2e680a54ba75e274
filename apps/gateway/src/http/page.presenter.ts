import type { Page } from '@patchbay/contracts';

/** A page of a list (docs/api/conventions.md#pages). */
export function presentPage<T, W>(page: Page<T>, limit: number, present: (item: T) => W) {
  return {
    items: page.items.map(present),
    next_cursor: page.nextCursor,
    total_pages: Math.max(1, Math.ceil(page.total / limit)),
    current_page: page.page,
    total_items: page.total,
  };
}
