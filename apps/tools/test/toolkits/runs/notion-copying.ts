import { one, type Run } from '../../describe-toolkit.js';

const API = 'https://api.notion.com/v1';
const page = { object: 'page', id: 'p1' };
const list = { object: 'list', results: [{ id: 'b1' }], has_more: false, next_cursor: null };
const text = (content: string) => [{ type: 'text', text: { content } }];
const rowsOf = (number: number, results: object[]) => ({
  request: `POST ${API}/databases/d1/query`,
  body: { filter: { property: 'No', number: { equals: number } }, page_size: 2 },
  answer: { results },
});

export const copyingRuns: Run[] = [
  {
    tool: 'NOTION_UPSERT_ROW_DATABASE',
    given: {
      database_id: 'd1',
      key_property: 'No',
      rows: ['7', '8'].map((value) => ({ properties: [{ name: 'No', type: 'number', value }] })),
    },
    asks: [
      rowsOf(7, [page]),
      { request: `PATCH ${API}/pages/p1`, body: { properties: { No: { number: 7 } } }, answer: page },
      rowsOf(8, []),
      {
        request: `POST ${API}/pages`,
        body: { parent: { database_id: 'd1' }, properties: { No: { number: 8 } } },
        answer: { ...page, id: 'p2' },
      },
    ],
    data: {
      rows: [
        { id: 'p1', action: 'updated' },
        { id: 'p2', action: 'created' },
      ],
    },
  },
  {
    tool: 'NOTION_UPSERT_ROW_DATABASE',
    when: 'without a key',
    given: {
      database_id: 'd1',
      key_property: 'No',
      rows: [{ properties: [{ name: 'Name', type: 'title', value: 'A' }] }],
    },
    asks: [],
    error: 'rows[0] has no No',
  },
  one(
    'NOTION_QUERY_DATA_SOURCE',
    { data_source_id: 's1', filter_properties: ['a'] },
    `POST ${API}/data_sources/s1/query?filter_properties=a`,
    { headers: { 'notion-version': '2025-09-03' }, body: { page_size: 100 }, answer: list },
  ),
  one(
    'NOTION_LIST_DATA_SOURCE_TEMPLATES',
    { data_source_id: 's1', page_size: 5 },
    `GET ${API}/data_sources/s1/templates?page_size=5`,
    { headers: { 'notion-version': '2025-09-03' }, answer: { templates: [{ id: 't1' }] } },
  ),
  one(
    'NOTION_MOVE_PAGE',
    { page_id: 'p1', parent: { type: 'page_id', page_id: 'p2' } },
    `POST ${API}/pages/p1/move`,
    { body: { parent: { type: 'page_id', page_id: 'p2' } }, answer: page },
  ),
  {
    tool: 'NOTION_DUPLICATE_PAGE',
    given: { page_id: 'p1', parent_id: 'p9' },
    asks: [
      {
        request: `GET ${API}/pages/p1`,
        answer: {
          ...page,
          icon: { type: 'emoji', emoji: '📌' },
          cover: { type: 'file', file: { url: 'https://x' } },
          properties: { Name: { type: 'title', title: [{ plain_text: 'Plan' }] } },
        },
      },
      {
        request: `POST ${API}/pages`,
        body: {
          parent: { page_id: 'p9' },
          properties: { title: { title: text('Plan') } },
          icon: { type: 'emoji', emoji: '📌' },
        },
        answer: { ...page, id: 'p2', url: 'https://notion.so/p2' },
      },
      {
        request: `GET ${API}/blocks/p1/children?page_size=100`,
        answer: {
          results: [
            { id: 'b1', type: 'toggle', has_children: true, toggle: { rich_text: text('More') } },
            { id: 'b2', type: 'table', has_children: true, table: { table_width: 1 } },
            { id: 'b3', type: 'child_page', child_page: { title: 'Other' } },
          ],
        },
      },
      {
        request: `GET ${API}/blocks/b2/children?page_size=100`,
        answer: { results: [{ id: 'r1', type: 'table_row', table_row: { cells: [text('A')] } }] },
      },
      {
        request: `PATCH ${API}/blocks/p2/children`,
        body: {
          children: [
            { type: 'toggle', toggle: { rich_text: text('More') } },
            {
              type: 'table',
              table: {
                table_width: 1,
                children: [{ type: 'table_row', table_row: { cells: [text('A')] } }],
              },
            },
          ],
        },
        answer: { results: [{ id: 'c1' }, { id: 'c2' }] },
      },
      {
        request: `GET ${API}/blocks/b1/children?page_size=100`,
        answer: { results: [{ id: 'b4', type: 'divider', divider: {} }] },
      },
      {
        request: `PATCH ${API}/blocks/c1/children`,
        body: { children: [{ type: 'divider', divider: {} }] },
        answer: { results: [{ id: 'c3' }] },
      },
    ],
    data: { page_id: 'p2', title: 'Plan', url: 'https://notion.so/p2', complete: false },
  },
];
