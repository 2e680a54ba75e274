import { z } from 'zod';
import type { ToolHttp } from '../tool-runtime.js';
import { call, Page } from './fields.js';

type Item = Record<string, unknown>;
interface Search {
  method: string;
  /** The key of the list in the answer. */
  list: string;
  fields: Record<string, unknown>;
  query: string;
  exact: boolean;
  most: number;
  words: (item: Item) => string[];
  accepts: (item: Item) => boolean;
}

/** A workspace may have tens of thousands of people: a search goes through this many at most, and says where it stopped. */
const MAX_PAGES = 20;

/** Slack has no search for people and channels: all are gone through, page by page, until enough are found. */
export async function findInPages(http: ToolHttp, search: Search) {
  const wanted = search.query.toLowerCase();
  const matches = (item: Item) =>
    search.accepts(item) &&
    search
      .words(item)
      .map((text) => text.toLowerCase())
      .some((text) => (search.exact ? text === wanted : text.includes(wanted)));
  const found: Item[] = [];
  let searched = 0;
  let next: string | undefined;
  for (let page = 0; page < MAX_PAGES; page += 1) {
    const body = await http.request(call(search.method, { ...search.fields, limit: 200, cursor: next }));
    const items = z.array(z.looseObject({})).parse((body as Item)[search.list] ?? []);
    searched += items.length;
    found.push(...items.filter(matches));
    next = Page.parse(body).response_metadata?.next_cursor || undefined;
    if (!next || found.length >= search.most) break;
  }
  return { found: found.slice(0, search.most), searched, next };
}
