import type { Page } from '@patchbay/contracts';

/** A page in the contract's form (README 7). */
export function presentPage<T, W>(page: Page<T>, limit: number, present: (item: T) => W) {
  return {
    items: page.items.map(present),
    next_cursor: page.nextCursor,
    total_pages: Math.max(1, Math.ceil(page.total / limit)),
    current_page: page.page,
    total_items: page.total,
  };
}
