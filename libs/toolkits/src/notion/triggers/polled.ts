import { z } from 'zod';
import { path } from '../../tool-runtime.js';
import { triggerType, type TriggerSpec } from '../../trigger.js';
import { changes } from '../../triggers/changes.js';
import { newItems, type ItemSource } from '../../triggers/new-items.js';
import type { TriggerRuntime } from '../../trigger.js';

const Thing = z.looseObject({ id: z.string(), created_time: z.string(), last_edited_time: z.string() });
type Thing = z.output<typeof Thing>;
const List = z.looseObject({
  results: z.array(Thing),
  has_more: z.boolean().optional(),
  next_cursor: z.string().nullish(),
});
/** Notion's times are of whole minutes. */
const OVERLAP_MS = 60_000;
const MAX_BLOCK_PAGES = 10;

type ListOf<C> = ItemSource<C, unknown, Thing>['list'];
const after = (since: string | undefined, { results, has_more, next_cursor }: z.output<typeof List>) => ({
  items: results,
  next: since && has_more ? (next_cursor ?? undefined) : undefined,
});

const rowsOf: ListOf<{ database_id: string }> = async ({ config, since, page, runtime: { http } }) => {
  const json = {
    page_size: 100,
    sorts: [{ timestamp: 'created_time', direction: 'descending' }],
    ...(since && { filter: { timestamp: 'created_time', created_time: { on_or_after: since } } }),
    ...(page !== undefined && { start_cursor: page }),
  };
  const url = path`/v1/databases/${config.database_id}/query`;
  return after(since, List.parse(await http.request({ method: 'POST', url, body: { json } })));
};

/** The newest first; the search takes no time from when on, so it is gone through until it is older. */
const pagesOf: ListOf<object> = async ({ since, page, runtime: { http } }) => {
  const json = {
    page_size: 100,
    filter: { property: 'object', value: 'page' },
    sort: { timestamp: 'last_edited_time', direction: 'descending' },
    ...(page !== undefined && { start_cursor: page }),
  };
  const found = List.parse(await http.request({ method: 'POST', url: '/v1/search', body: { json } }));
  const oldest = found.results.at(-1)?.last_edited_time;
  const isOver = since !== undefined && oldest !== undefined && Date.parse(oldest) < Date.parse(since);
  return after(isOver ? undefined : since, found);
};

/** All blocks right in a page or block. */
async function blocksOf(id: string, { http }: TriggerRuntime): Promise<Thing[]> {
  const all: Thing[] = [];
  let start: string | undefined;
  for (let pages = 0; pages < MAX_BLOCK_PAGES; pages += 1) {
    const query = { page_size: 100, start_cursor: start };
    const answer = await http.request({ method: 'GET', url: path`/v1/blocks/${id}/children`, query });
    const { results, has_more, next_cursor } = List.parse(answer);
    all.push(...results);
    if (!has_more || !next_cursor) break;
    start = next_cursor;
  }
  return all;
}

const told = (what: string, of: string) => ({
  event_type: z.string().describe(`\`${what}\``),
  [of]: z.looseObject({}).describe("Notion's own fields of it."),
});
const eventType = z.string();

export const polledTriggers: TriggerSpec[] = [
  triggerType({
    slug: 'NOTION_PAGE_ADDED_TO_DATABASE',
    name: 'Page added to a database',
    description: 'A page is written into the database.',
    instructions: 'The database must be shared with the integration.',
    config: z.object({ database_id: z.string().min(1).describe('Id of the database.') }),
    payload: z.object({
      event_type: eventType.describe('`page_added`'),
      page: z.looseObject({}).describe('The page.'),
    }),
    poll: newItems({
      list: rowsOf,
      keyOf: ({ id }) => id,
      timeOf: ({ created_time }) => created_time,
      payload: (page) => ({ event_type: 'page_added', page }),
      overlapMs: OVERLAP_MS,
    }),
  }),
  triggerType({
    slug: 'NOTION_ALL_PAGE_EVENTS_TRIGGER',
    name: 'Any page added or updated',
    description: 'A page that is shared with the integration is made or changed.',
    config: z.object({}),
    payload: z.object({
      event_type: eventType.describe('`page_added` or `page_updated`.'),
      page: z.looseObject({}).describe('The page.'),
    }),
    poll: newItems({
      list: pagesOf,
      keyOf: ({ id, last_edited_time }) => `${id}:${last_edited_time}`,
      timeOf: ({ last_edited_time }) => last_edited_time,
      payload: (page, { since }) => {
        const isNew = since === undefined || Date.parse(page.created_time) >= since;
        return { event_type: isNew ? 'page_added' : 'page_updated', page };
      },
      overlapMs: OVERLAP_MS,
    }),
  }),
  triggerType({
    slug: 'NOTION_PAGE_ADDED_TRIGGER',
    name: 'Block or page added to a page',
    description: 'Something is added to a page: a page in it, or a block.',
    config: z.object({ parent_page_id: z.string().min(1).describe('Id of the page.') }),
    payload: z.object(told('block_added', 'block')),
    poll: changes({
      read: async ({ config, runtime }) =>
        (await blocksOf(config.parent_page_id, runtime)).map((item) => ({ key: item.id, state: null, item })),
      added: (block) => ({ event_type: 'block_added', block }),
    }),
  }),
  triggerType({
    slug: 'NOTION_PAGE_UPDATED_TRIGGER',
    name: 'Block of a page updated',
    description: 'A block of the page is changed.',
    config: z.object({ page_id: z.string().min(1).describe('Id of the page.') }),
    payload: z.object(told('block_updated', 'block')),
    poll: changes({
      read: async ({ config, runtime }) =>
        (await blocksOf(config.page_id, runtime)).map((item) => ({
          key: item.id,
          state: item.last_edited_time,
          item,
        })),
      changed: (block) => ({ event_type: 'block_updated', block }),
    }),
  }),
  triggerType({
    slug: 'NOTION_COMMENTS_ADDED_TRIGGER',
    name: 'Comment on a block',
    description: 'Somebody writes a comment on the page or block.',
    config: z.object({ block_id: z.string().min(1).describe('Id of the page or block.') }),
    payload: z.object(told('comment_added', 'comment')),
    poll: changes({
      async read({ config: { block_id }, runtime: { http } }) {
        const query = { block_id, page_size: 100 };
        const { results } = List.parse(await http.request({ method: 'GET', url: '/v1/comments', query }));
        return results.map((item) => ({ key: item.id, state: null, item }));
      },
      added: (comment) => ({ event_type: 'comment_added', comment }),
    }),
  }),
];
