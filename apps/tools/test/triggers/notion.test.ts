import { shipped } from '../describe-toolkit.js';
import { describeTriggers, type PollRow, type TriggerRow } from '../describe-triggers.js';

const T = (minute: number) => `2026-11-30T10:0${minute}:00.000Z`;
const API = 'https://api.notion.com/v1';
const thing = (id: string, created_time: string, last_edited_time = created_time) => ({
  id,
  created_time,
  last_edited_time,
});

const query = (since: string | undefined, results: unknown[]) => ({
  request: `POST ${API}/databases/d1/query`,
  body: {
    page_size: 100,
    sorts: [{ timestamp: 'created_time', direction: 'descending' }],
    ...(since && { filter: { timestamp: 'created_time', created_time: { on_or_after: since } } }),
  },
  answer: { results, has_more: false },
});
const search = (results: unknown[]) => ({
  request: `POST ${API}/search`,
  body: {
    page_size: 100,
    filter: { property: 'object', value: 'page' },
    sort: { timestamp: 'last_edited_time', direction: 'descending' },
  },
  answer: { results, has_more: false },
});
const blocks = (...results: unknown[]) => ({
  request: `GET ${API}/blocks/p1/children?page_size=100`,
  answer: { results },
});
const comments = (...results: unknown[]) => ({
  request: `GET ${API}/comments?block_id=p1&page_size=100`,
  answer: { results },
});
const added = (
  config: object,
  list: (...results: unknown[]) => PollRow['first'][number],
  name: string,
): TriggerRow => ({
  poll: {
    config: { ...config },
    first: [list(thing('a', T(1)))],
    next: [list(thing('a', T(1)), thing('b', T(2)))],
    events: [{ id: 'b:added:1', payload: { event_type: `${name}_added`, [name]: { id: 'b' } } }],
  },
});

const pushed = (type: string, data: object = {}, more: object = {}): TriggerRow => ({
  push: {
    registers: [{ request: `GET ${API}/users/me`, answer: { id: 'bot1', bot: { workspace_id: 'w1' } } }],
    hook: { bot_id: 'bot1', workspace_id: 'w1' },
    delivery: {
      headers: {},
      body: {
        id: 'e1',
        type,
        timestamp: T(1),
        workspace_id: 'w1',
        workspace_name: 'Acme',
        authors: [{ id: 'u1', type: 'person' }],
        accessible_by: [{ id: 'bot1', type: 'bot' }],
        entity: { id: 'p1', type: 'page' },
        data,
      },
    },
    events: [
      { id: 'e1', at: T(1), payload: { id: 'e1', type, workspace_name: 'Acme', entity: { id: 'p1' } } },
    ],
    // It sees nothing that is not shared with it.
    foreignHook: { bot_id: 'bot2', workspace_id: 'w1' },
    ...more,
  },
});

describeTriggers(shipped('notion'), {
  NOTION_PAGE_ADDED_TO_DATABASE: {
    poll: {
      config: { database_id: 'd1' },
      first: [query(undefined, [thing('a', T(1))])],
      // Times are of whole minutes: one that is made in the same one is new all the same.
      next: [query(T(0), [thing('c', T(1)), thing('a', T(1))])],
      events: [{ id: 'c', at: T(1), payload: { event_type: 'page_added', page: { id: 'c' } } }],
    },
  },
  NOTION_ALL_PAGE_EVENTS_TRIGGER: {
    poll: {
      first: [search([thing('a', T(1))])],
      next: [search([thing('c', T(3)), thing('b', '2026-01-01T00:00:00.000Z', T(2)), thing('a', T(1))])],
      events: [
        { id: `b:${T(2)}`, payload: { event_type: 'page_updated', page: { id: 'b' } } },
        { id: `c:${T(3)}`, payload: { event_type: 'page_added', page: { id: 'c' } } },
      ],
    },
  },
  NOTION_PAGE_ADDED_TRIGGER: added({ parent_page_id: 'p1' }, blocks, 'block'),
  NOTION_COMMENTS_ADDED_TRIGGER: added({ block_id: 'p1' }, comments, 'comment'),
  NOTION_PAGE_UPDATED_TRIGGER: {
    poll: {
      config: { page_id: 'p1' },
      first: [blocks(thing('a', T(1)))],
      next: [blocks(thing('a', T(1), T(2)), thing('b', T(2)))],
      events: [{ id: 'a:changed:1', payload: { event_type: 'block_updated', block: { id: 'a' } } }],
    },
  },
  NOTION_PAGE_CREATED: pushed('page.created'),
  NOTION_PAGE_CONTENT_UPDATED: pushed('page.content_updated'),
  NOTION_PAGE_PROPERTIES_UPDATED: pushed('page.properties_updated'),
  NOTION_COMMENT_CREATED: pushed(
    'comment.created',
    { page_id: 'ab-cd' },
    { config: { page_id: 'abcd' }, foreign: { page_id: 'ef' } },
  ),
  NOTION_DATABASE_CREATED: pushed('database.created'),
  NOTION_DATASOURCE_CREATED: pushed('data_source.created'),
  NOTION_DATASOURCE_SCHEMA_UPDATED: pushed('data_source.schema_updated'),
});
