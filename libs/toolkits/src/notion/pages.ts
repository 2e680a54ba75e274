import { z } from 'zod';
import { functionTool, requestTool, type ToolSpec } from '../toolkit.js';
import { path, ToolFailure } from '../tool-runtime.js';
import { coverOf, iconOf, richText } from './blocks.js';
import { cover, cursor, icon, List, NotionObject, pageId, pageSize } from './fields.js';
import { MarkdownReader } from './markdown.js';
import { titleOf } from './titles.js';

const Found = z.looseObject({ id: z.string(), title: z.string(), type: z.string() });

export const pageTools: ToolSpec[] = [
  requestTool({
    slug: 'NOTION_SEARCH_NOTION_PAGE',
    name: 'Search Notion page',
    description: 'Finds pages and databases shared with the account by words in their title.',
    input: z.object({
      query: z.string().optional().describe('Words of the title; without them, everything.'),
      filter_property: z.string().default('object').describe('Only `object` is known.'),
      filter_value: z.enum(['page', 'database']).default('page').describe('Pages or databases.'),
      timestamp: z.string().optional().describe('What to sort by: last_edited_time.'),
      direction: z.enum(['ascending', 'descending']).optional().describe('Oldest or newest first.'),
      page_size: pageSize(2),
      start_cursor: cursor,
    }),
    output: List,
    tags: ['important', 'readOnlyHint'],
    request: ({ query, filter_property, filter_value, timestamp, direction, page_size, start_cursor }) => ({
      method: 'POST',
      url: '/v1/search',
      body: {
        json: {
          query,
          filter: { property: filter_property, value: filter_value },
          sort:
            (timestamp ?? direction)
              ? { timestamp: timestamp ?? 'last_edited_time', direction: direction ?? 'descending' }
              : undefined,
          page_size,
          start_cursor,
        },
      },
    }),
  }),
  requestTool({
    slug: 'NOTION_FETCH_DATA',
    name: 'Fetch data',
    description:
      'Lists the pages, the databases, or both, that are shared with the account: ids, titles, addresses.',
    input: z
      .object({
        get_pages: z.boolean().default(false).describe('Pages only.'),
        get_databases: z.boolean().default(false).describe('Databases only.'),
        get_all: z.boolean().default(false).describe('Both.'),
        query: z.string().optional().describe('Words of the title.'),
        page_size: pageSize(100),
      })
      .refine(
        ({ get_pages, get_databases, get_all }) =>
          [get_pages, get_databases, get_all].filter(Boolean).length === 1,
        { message: 'exactly one of get_pages, get_databases and get_all must be true', path: ['get_all'] },
      ),
    output: z.object({ values: z.array(Found) }),
    tags: ['important', 'readOnlyHint'],
    request: ({ get_all, get_pages, query, page_size }) => ({
      method: 'POST',
      url: '/v1/search',
      body: {
        json: {
          query,
          filter: get_all ? undefined : { property: 'object', value: get_pages ? 'page' : 'database' },
          page_size,
        },
      },
    }),
    answer: (body) => ({
      values: List.parse(body).results.map((item) => ({
        id: item['id'],
        title: titleOf(item),
        type: item['object'],
        url: item['url'],
        last_edited_time: item['last_edited_time'],
      })),
    }),
  }),
  functionTool({
    slug: 'NOTION_CREATE_NOTION_PAGE',
    name: 'Create Notion page',
    description:
      'Makes a new, empty page with a title under another page or in a database. NOTION_ADD_MULTIPLE_PAGE_CONTENT then fills it.',
    input: z.object({
      parent_id: z.string().min(1).describe('Id of the page or database that it goes into.'),
      title: z.string().describe('Title of the page.'),
      icon,
      cover,
    }),
    output: NotionObject,
    tags: ['important'],
    run: async ({ parent_id, title, ...looks }, { http }) => {
      const make = (parent: object) =>
        http.request({
          method: 'POST',
          url: '/v1/pages',
          body: {
            json: {
              parent,
              // The title's property may have any name, but always this id.
              properties: { title: { title: richText(title) } },
              icon: iconOf(looks.icon),
              cover: coverOf(looks.cover),
            },
          },
        });
      try {
        return NotionObject.parse(await make({ page_id: parent_id }));
      } catch (error) {
        // What the id belongs to is not told by it: a refused page was not made.
        if (!(error instanceof ToolFailure) || ![400, 404].includes(Number(error.data['status_code'])))
          throw error;
        return NotionObject.parse(await make({ database_id: parent_id }));
      }
    },
  }),
  functionTool({
    slug: 'NOTION_GET_PAGE_MARKDOWN',
    name: 'Get page as Markdown',
    description: 'Reads the content of a page as Markdown, with what is nested in it.',
    input: z.object({ page_id: pageId }),
    output: z.object({
      markdown: z.string(),
      complete: z.boolean().describe('False when the page is so long that its end was left out.'),
    }),
    tags: ['important', 'readOnlyHint'],
    run: async ({ page_id }, { http }) => {
      const reader = new MarkdownReader(http);
      const markdown = await reader.read(page_id);
      return { markdown, complete: reader.complete };
    },
  }),
  requestTool({
    slug: 'NOTION_RETRIEVE_PAGE',
    name: 'Retrieve page',
    description: 'Reads the properties of a page: its title, parent, dates and columns, not its content.',
    input: z.object({ page_id: pageId }),
    output: NotionObject,
    tags: ['readOnlyHint'],
    request: ({ page_id }) => ({ method: 'GET', url: path`/v1/pages/${page_id}` }),
  }),
  requestTool({
    slug: 'NOTION_UPDATE_PAGE',
    name: 'Update page',
    description: "Changes a page's properties, icon or cover, or moves it to the bin and back.",
    input: z.object({
      page_id: pageId,
      properties: z.looseObject({}).optional().describe("New values by property name, in Notion's own form."),
      icon: z.looseObject({}).optional().describe("New icon, in Notion's own form."),
      cover: z.looseObject({}).optional().describe("New cover, in Notion's own form."),
      archived: z.boolean().optional().describe('Whether it is in the bin.'),
    }),
    output: NotionObject,
    tags: ['idempotentHint', 'destructiveHint'],
    request: ({ page_id, ...json }) => ({ method: 'PATCH', url: path`/v1/pages/${page_id}`, body: { json } }),
  }),
  requestTool({
    slug: 'NOTION_ARCHIVE_NOTION_PAGE',
    name: 'Archive Notion page',
    description: 'Moves a page to the bin, or back from there.',
    input: z.object({
      page_id: pageId,
      archive: z.boolean().default(true).describe('False brings it back.'),
    }),
    output: NotionObject,
    tags: ['destructiveHint', 'idempotentHint'],
    request: ({ page_id, archive }) => ({
      method: 'PATCH',
      url: path`/v1/pages/${page_id}`,
      body: { json: { archived: archive } },
    }),
  }),
  requestTool({
    slug: 'NOTION_GET_PAGE_PROPERTY_ACTION',
    name: 'Get page property',
    description: 'Reads one property of a page whole, also those too long to be told with the page.',
    input: z.object({
      page_id: pageId,
      property_id: z.string().min(1).describe('Id of the property.'),
      page_size: z.int().min(1).max(100).optional().describe('Items a page.'),
      start_cursor: cursor,
    }),
    output: z.looseObject({ object: z.string() }),
    tags: ['readOnlyHint'],
    request: ({ page_id, property_id, ...query }) => ({
      method: 'GET',
      // Notion tells the id encoded already, and `path` encodes it.
      url: path`/v1/pages/${page_id}/properties/${decodeURIComponent(property_id)}`,
      query,
    }),
  }),
];
