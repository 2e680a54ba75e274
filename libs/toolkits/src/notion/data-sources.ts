import { z } from 'zod';
import { httpTool, type HttpTool } from '../toolkit.js';
import { cursor, List, NotionObject, pageId, pageSize } from './fields.js';

/** Databases of several data sources are known from this version on; the other tools are of the one before. */
const headers = { 'notion-version': '2025-09-03' };
const dataSource = z
  .string()
  .min(1)
  .describe('Id of the data source: "Copy data source ID" in the settings of the database in Notion.');

export const dataSourceTools: HttpTool[] = [
  httpTool({
    slug: 'NOTION_QUERY_DATA_SOURCE',
    name: 'Query data source',
    description:
      'Lists rows of one data source of a database that has several, filtered and sorted if wanted.',
    method: 'POST',
    path: '/v1/data_sources/{data_source_id}/query',
    query: ['filter_properties'],
    headers,
    input: z.object({
      data_source_id: dataSource,
      filter: z.looseObject({}).optional().describe("A filter in Notion's own form."),
      sorts: z.array(z.looseObject({})).optional().describe("What to sort by, in Notion's own form."),
      filter_properties: z.array(z.string()).optional().describe('Ids of the only columns to tell.'),
      page_size: pageSize(100),
      start_cursor: cursor,
    }),
    output: List,
    tags: ['readOnlyHint'],
  }),
  httpTool({
    slug: 'NOTION_LIST_DATA_SOURCE_TEMPLATES',
    name: 'List data source templates',
    description: 'Lists the templates that new rows of a data source can be made from.',
    method: 'GET',
    path: '/v1/data_sources/{data_source_id}/templates',
    headers,
    input: z.object({ data_source_id: dataSource, page_size: pageSize(100), start_cursor: cursor }),
    output: z.looseObject({ templates: z.array(z.looseObject({})).optional() }),
    tags: ['readOnlyHint'],
  }),
  httpTool({
    slug: 'NOTION_MOVE_PAGE',
    name: 'Move page',
    description: 'Moves a page with all that is in it under another page or into a data source.',
    method: 'POST',
    path: '/v1/pages/{page_id}/move',
    headers,
    input: z.object({
      page_id: pageId,
      parent: z
        .looseObject({ type: z.string() })
        .describe('Where to, such as {"type": "page_id", "page_id": "…"} or of type data_source_id.'),
    }),
    output: NotionObject,
    tags: ['idempotentHint', 'destructiveHint'],
  }),
];
