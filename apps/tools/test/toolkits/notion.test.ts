import { describeToolkit, one, shipped } from '../describe-toolkit.js';
import { copyingRuns } from './runs/notion-copying.js';

const API = 'https://api.notion.com/v1';
const page = { object: 'page', id: 'p1' };
const list = { object: 'list', results: [{ id: 'b1' }], has_more: false, next_cursor: null };
const text = (content: string) => [{ type: 'text', text: { content } }];
const headers = { authorization: 'Bearer test-token', 'notion-version': '2022-06-28' };
const paragraph = (content: string) => ({
  object: 'block',
  type: 'paragraph',
  paragraph: { rich_text: text(content) },
});
const rich = (plain_text: string, more: object = {}) => [{ plain_text, ...more }];

describeToolkit(shipped('notion'), [
  one('NOTION_SEARCH_NOTION_PAGE', { query: 'plan', direction: 'ascending' }, `POST ${API}/search`, {
    headers,
    body: {
      query: 'plan',
      filter: { property: 'object', value: 'page' },
      sort: { timestamp: 'last_edited_time', direction: 'ascending' },
      page_size: 2,
    },
    answer: list,
  }),
  one('NOTION_FETCH_DATA', { get_all: true }, `POST ${API}/search`, {
    body: { page_size: 100 },
    answer: {
      results: [
        { ...page, properties: { Name: { type: 'title', title: [{ plain_text: 'Plan' }] } } },
        { object: 'database', id: 'd1', title: [{ plain_text: 'Tasks' }] },
      ],
    },
    data: {
      values: [
        { id: 'p1', title: 'Plan', type: 'page' },
        { id: 'd1', title: 'Tasks', type: 'database' },
      ],
    },
  }),
  { tool: 'NOTION_FETCH_DATA', when: 'of nothing', given: {}, asks: [], error: 'exactly one of' },
  one('NOTION_CREATE_NOTION_PAGE', { parent_id: 'p0', title: 'Plan', icon: '🎯' }, `POST ${API}/pages`, {
    body: {
      parent: { page_id: 'p0' },
      properties: { title: { title: text('Plan') } },
      icon: { type: 'emoji', emoji: '🎯' },
    },
    answer: page,
  }),
  {
    tool: 'NOTION_CREATE_NOTION_PAGE',
    when: 'in a database',
    given: { parent_id: 'd1', title: 'Plan' },
    asks: [
      {
        request: `POST ${API}/pages`,
        body: { parent: { page_id: 'd1' }, properties: { title: { title: text('Plan') } } },
        status: 404,
        answer: { object: 'error', code: 'object_not_found', message: 'Could not find page' },
      },
      {
        request: `POST ${API}/pages`,
        body: { parent: { database_id: 'd1' }, properties: { title: { title: text('Plan') } } },
        answer: page,
      },
    ],
    data: page,
  },
  {
    tool: 'NOTION_GET_PAGE_MARKDOWN',
    given: { page_id: 'p1' },
    asks: [
      {
        request: `GET ${API}/blocks/p1/children?page_size=100`,
        answer: {
          results: [
            { id: 'b1', type: 'heading_1', heading_1: { rich_text: rich('Plan') } },
            {
              id: 'b2',
              type: 'bulleted_list_item',
              has_children: true,
              bulleted_list_item: { rich_text: rich('One', { annotations: { bold: true } }) },
            },
          ],
          has_more: true,
          next_cursor: 'n',
        },
      },
      {
        request: `GET ${API}/blocks/p1/children?page_size=100&start_cursor=n`,
        answer: {
          results: [
            {
              id: 'b3',
              type: 'to_do',
              to_do: { checked: true, rich_text: rich('Done', { href: 'https://x.example' }) },
            },
            { id: 'b4', type: 'code', code: { language: 'js', rich_text: rich('a = 1') } },
          ],
        },
      },
      {
        request: `GET ${API}/blocks/b2/children?page_size=100`,
        answer: { results: [{ id: 'b5', type: 'paragraph', paragraph: { rich_text: rich('Inside') } }] },
      },
    ],
    data: {
      markdown: '# Plan\n- **One**\n    Inside\n- [x] [Done](https://x.example)\n```js\na = 1\n```',
      complete: true,
    },
  },
  one('NOTION_RETRIEVE_PAGE', { page_id: 'p1' }, `GET ${API}/pages/p1`, { answer: page }),
  one('NOTION_UPDATE_PAGE', { page_id: 'p1', archived: true }, `PATCH ${API}/pages/p1`, {
    body: { archived: true },
    answer: page,
  }),
  one('NOTION_ARCHIVE_NOTION_PAGE', { page_id: 'p1', archive: false }, `PATCH ${API}/pages/p1`, {
    body: { archived: false },
    answer: page,
  }),
  one(
    'NOTION_GET_PAGE_PROPERTY_ACTION',
    { page_id: 'p1', property_id: '%3Dab', page_size: 5 },
    `GET ${API}/pages/p1/properties/%3Dab?page_size=5`,
    { answer: { object: 'list', results: [] } },
  ),
  one(
    'NOTION_ADD_MULTIPLE_PAGE_CONTENT',
    {
      parent_block_id: 'p1',
      content_blocks: [
        { content_block: { content: 'Hello', bold: true, link: 'https://x.example' } },
        { content_block: { block_property: 'divider' } },
        { content_block: { content: 'x'.repeat(2001), block_property: 'quote' } },
      ],
    },
    `PATCH ${API}/blocks/p1/children`,
    {
      body: {
        children: [
          {
            object: 'block',
            type: 'paragraph',
            paragraph: {
              rich_text: [
                {
                  type: 'text',
                  text: { content: 'Hello', link: { url: 'https://x.example' } },
                  annotations: { bold: true },
                },
              ],
            },
          },
          { object: 'block', type: 'divider', divider: {} },
          {
            object: 'block',
            type: 'quote',
            quote: { rich_text: [...text('x'.repeat(2000)), ...text('x')] },
          },
        ],
      },
      answer: list,
    },
  ),
  one(
    'NOTION_ADD_PAGE_CONTENT',
    { parent_block_id: 'p1', content_block: { content: 'Hi' }, after: 'b0' },
    `PATCH ${API}/blocks/p1/children`,
    { body: { children: [paragraph('Hi')], after: 'b0' }, answer: list },
  ),
  one(
    'NOTION_APPEND_BLOCK_CHILDREN',
    { block_id: 'p1', children: [{ type: 'divider', divider: {} }] },
    `PATCH ${API}/blocks/p1/children`,
    { body: { children: [{ type: 'divider', divider: {} }] }, answer: list },
  ),
  one(
    'NOTION_APPEND_TEXT_BLOCKS',
    { block_id: 'p1', children: [{ content: 'Hi' }] },
    `PATCH ${API}/blocks/p1/children`,
    { body: { children: [paragraph('Hi')] }, answer: list },
  ),
  one(
    'NOTION_FETCH_BLOCK_CONTENTS',
    { block_id: 'b1', page_size: 5 },
    `GET ${API}/blocks/b1/children?page_size=5`,
    {
      answer: list,
      data: { block_child_data: list },
    },
  ),
  one('NOTION_FETCH_BLOCK_METADATA', { block_id: 'b1' }, `GET ${API}/blocks/b1`, {
    answer: { id: 'b1' },
    data: { response_data: { id: 'b1' } },
  }),
  one(
    'NOTION_UPDATE_BLOCK',
    { block_id: 'b1', block_type: 'to_do', content: 'New', additional_properties: { checked: true } },
    `PATCH ${API}/blocks/b1`,
    { body: { to_do: { rich_text: text('New'), checked: true } }, answer: { object: 'block', id: 'b1' } },
  ),
  one('NOTION_DELETE_BLOCK', { block_id: 'b1' }, `DELETE ${API}/blocks/b1`, {
    answer: { object: 'block', id: 'b1' },
  }),
  one(
    'NOTION_CREATE_COMMENT',
    { comment: { content: 'Why?' }, parent_page_id: 'p1' },
    `POST ${API}/comments`,
    {
      body: { rich_text: text('Why?'), parent: { page_id: 'p1' } },
      answer: { object: 'comment', id: 'c1' },
    },
  ),
  one('NOTION_FETCH_COMMENTS', { block_id: 'b1' }, `GET ${API}/comments?block_id=b1&page_size=100`, {
    answer: list,
  }),
  one('NOTION_LIST_USERS', {}, `GET ${API}/users?page_size=30`, {
    answer: list,
    data: { response_data: list },
  }),
  one('NOTION_GET_ABOUT_ME', {}, `GET ${API}/users/me`, {
    answer: { id: 'u' },
    data: { response_data: { id: 'u' } },
  }),
  one('NOTION_GET_ABOUT_USER', { user_id: 'u1' }, `GET ${API}/users/u1`, {
    answer: { object: 'user', id: 'u1' },
  }),
  one(
    'NOTION_QUERY_DATABASE',
    { database_id: 'd1', sorts: [{ property_name: 'Due', ascending: true }] },
    `POST ${API}/databases/d1/query`,
    {
      body: { page_size: 2, sorts: [{ property: 'Due', direction: 'ascending' }] },
      answer: list,
      data: { response_data: list },
    },
  ),
  one(
    'NOTION_QUERY_DATABASE_WITH_FILTER',
    { database_id: 'd1', filter: { property: 'Done', checkbox: { equals: true } } },
    `POST ${API}/databases/d1/query`,
    {
      body: { page_size: 100, filter: { property: 'Done', checkbox: { equals: true } } },
      answer: list,
      data: { response_data: list },
    },
  ),
  one('NOTION_FETCH_DATABASE', { database_id: 'd1' }, `GET ${API}/databases/d1`, {
    answer: { object: 'database', id: 'd1' },
  }),
  one(
    'NOTION_CREATE_DATABASE',
    {
      parent_id: 'p1',
      title: 'Tasks',
      properties: [
        { name: 'Name', type: 'title' },
        { name: 'State', type: 'select', options: [{ name: 'Open' }] },
      ],
    },
    `POST ${API}/databases`,
    {
      body: {
        parent: { type: 'page_id', page_id: 'p1' },
        title: text('Tasks'),
        properties: { Name: { title: {} }, State: { select: { options: [{ name: 'Open' }] } } },
      },
      answer: { object: 'database', id: 'd1' },
    },
  ),
  one(
    'NOTION_UPDATE_SCHEMA_DATABASE',
    {
      database_id: 'd1',
      title: 'Jobs',
      properties: [
        { name: 'A', remove: true },
        { name: 'B', rename: 'C', new_type: 'date' },
      ],
    },
    `PATCH ${API}/databases/d1`,
    {
      body: { title: text('Jobs'), properties: { A: null, B: { name: 'C', date: {} } } },
      answer: { id: 'd1' },
      data: { response_data: { id: 'd1' } },
    },
  ),
  one(
    'NOTION_INSERT_ROW_DATABASE',
    {
      database_id: 'd1',
      properties: [
        { name: 'Name', type: 'title', value: 'Job' },
        { name: 'N', type: 'number', value: '1.5' },
        { name: 'Tags', type: 'multi_select', value: 'a, b' },
        { name: 'When', type: 'date', value: '2026-03-01/2026-03-02' },
        { name: 'Done', type: 'checkbox', value: 'True' },
      ],
      child_blocks: [{ content: 'Hi' }],
    },
    `POST ${API}/pages`,
    {
      body: {
        parent: { database_id: 'd1' },
        properties: {
          Name: { title: text('Job') },
          N: { number: 1.5 },
          Tags: { multi_select: [{ name: 'a' }, { name: 'b' }] },
          When: { date: { start: '2026-03-01', end: '2026-03-02' } },
          Done: { checkbox: true },
        },
        children: [paragraph('Hi')],
      },
      answer: page,
      data: { response_data: page },
    },
  ),
  {
    tool: 'NOTION_INSERT_ROW_DATABASE',
    when: 'with a number that is none',
    given: { database_id: 'd1', properties: [{ name: 'N', type: 'number', value: 'many' }] },
    asks: [],
    error: 'N: many is no number',
  },
  one(
    'NOTION_UPDATE_ROW_DATABASE',
    { row_id: 'p1', properties: [{ name: 'Mail', type: 'email', value: 'a@x' }], delete_row: true },
    `PATCH ${API}/pages/p1`,
    {
      body: { properties: { Mail: { email: 'a@x' } }, archived: true },
      answer: page,
      data: { response_data: page },
    },
  ),
  one('NOTION_FETCH_ROW', { page_id: 'p1' }, `GET ${API}/pages/p1`, {
    answer: page,
    data: { page_data: page },
  }),
  ...copyingRuns,
]);
