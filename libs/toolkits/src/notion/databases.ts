import { z } from 'zod';
import { requestTool, type ToolSpec } from '../toolkit.js';
import { path } from '../tool-runtime.js';
import { ContentBlock, coverOf, iconOf, richText, toBlock } from './blocks.js';
import { cover, cursor, databaseId, icon, NotionObject, pageId, pageSize, Wrapped, wrap } from './fields.js';
import { PropertyValue, toProperties } from './property-values.js';

const Column = z.looseObject({
  name: z.string().min(1).describe('Name of the column.'),
  type: z.string().min(1).describe('Its kind: title, rich_text, number, select, date, checkbox …'),
});
const values = z.array(PropertyValue).optional().describe('Values of the columns.');

/** What is beside name and type is said in the kind's own words, such as `options` of a select. */
const columns = (given: z.output<typeof Column>[] | undefined) =>
  given && Object.fromEntries(given.map(({ name, type, ...rest }) => [name, { [type]: rest }]));

export const databaseTools: ToolSpec[] = [
  requestTool({
    slug: 'NOTION_QUERY_DATABASE',
    name: 'Query database',
    description:
      'Lists the rows of a database, sorted if wanted. NOTION_QUERY_DATABASE_WITH_FILTER finds some of them.',
    input: z.object({
      database_id: databaseId,
      sorts: z
        .array(
          z.object({
            property_name: z.string().min(1).describe('Name of the column.'),
            ascending: z.boolean().describe('Smallest first.'),
          }),
        )
        .optional()
        .describe('What to sort by, the most important first.'),
      page_size: pageSize(2),
      start_cursor: cursor,
    }),
    output: Wrapped,
    tags: ['important', 'readOnlyHint'],
    request: ({ database_id, sorts, ...rest }) => ({
      method: 'POST',
      url: path`/v1/databases/${database_id}/query`,
      body: {
        json: {
          ...rest,
          sorts: sorts?.map(({ property_name, ascending }) => ({
            property: property_name,
            direction: ascending ? 'ascending' : 'descending',
          })),
        },
      },
    }),
    answer: wrap,
  }),
  requestTool({
    slug: 'NOTION_QUERY_DATABASE_WITH_FILTER',
    name: 'Query database with filter',
    description: "Finds rows of a database by a filter in Notion's own form.",
    input: z.object({
      database_id: databaseId,
      filter: z
        .looseObject({})
        .optional()
        .describe(
          'Such as {"property": "Done", "checkbox": {"equals": true}}, or several under "and" and "or".',
        ),
      sorts: z.array(z.looseObject({})).optional().describe("What to sort by, in Notion's own form."),
      page_size: pageSize(100),
      start_cursor: cursor,
    }),
    output: Wrapped,
    tags: ['readOnlyHint'],
    request: ({ database_id, ...json }) => ({
      method: 'POST',
      url: path`/v1/databases/${database_id}/query`,
      body: { json },
    }),
    answer: wrap,
  }),
  requestTool({
    slug: 'NOTION_FETCH_DATABASE',
    name: 'Fetch database',
    description: 'Reads the title of a database and its columns with their kinds and options.',
    input: z.object({ database_id: databaseId }),
    output: NotionObject,
    tags: ['readOnlyHint'],
    request: ({ database_id }) => ({ method: 'GET', url: path`/v1/databases/${database_id}` }),
  }),
  requestTool({
    slug: 'NOTION_CREATE_DATABASE',
    name: 'Create database',
    description: 'Makes a new database with its columns under a page; exactly one column is the title.',
    input: z.object({
      parent_id: z.string().min(1).describe('Id of the page that it goes into.'),
      title: z.string().describe('Title of the database.'),
      properties: z.array(Column).min(1).describe('Its columns; one of type title.'),
    }),
    output: NotionObject,
    tags: [],
    request: ({ parent_id, title, properties }) => ({
      method: 'POST',
      url: '/v1/databases',
      body: {
        json: {
          parent: { type: 'page_id', page_id: parent_id },
          title: richText(title),
          properties: columns(properties),
        },
      },
    }),
  }),
  requestTool({
    slug: 'NOTION_UPDATE_SCHEMA_DATABASE',
    name: 'Update database schema',
    description: 'Changes the title, description or columns of a database.',
    input: z.object({
      database_id: databaseId,
      title: z.string().optional().describe('New title.'),
      description: z.string().optional().describe('New description.'),
      properties: z
        .array(
          z.looseObject({
            name: z.string().min(1).describe('Name of the column, as it is now.'),
            new_type: z.string().optional().describe('New kind; also of a new column.'),
            rename: z.string().optional().describe('New name.'),
            remove: z.boolean().optional().describe('Whether the column is taken out, with its values.'),
          }),
        )
        .optional()
        .describe('The columns that change.'),
    }),
    output: Wrapped,
    tags: ['destructiveHint'],
    request: ({ database_id, title, description, properties }) => ({
      method: 'PATCH',
      url: path`/v1/databases/${database_id}`,
      body: {
        json: {
          title: title === undefined ? undefined : richText(title),
          description: description === undefined ? undefined : richText(description),
          properties:
            properties &&
            Object.fromEntries(
              properties.map(({ name, new_type, rename, remove }) => [
                name,
                remove ? null : { ...(rename && { name: rename }), ...(new_type && { [new_type]: {} }) },
              ]),
            ),
        },
      },
    }),
    answer: wrap,
  }),
  requestTool({
    slug: 'NOTION_INSERT_ROW_DATABASE',
    name: 'Insert row into database',
    description: 'Adds a row to a database, with values for its columns and content for its page if wanted.',
    input: z.object({
      database_id: databaseId,
      properties: values,
      child_blocks: z.array(ContentBlock).max(100).optional().describe("Content of the row's page."),
      icon,
      cover,
    }),
    output: Wrapped,
    tags: ['important'],
    request: (given) => ({
      method: 'POST',
      url: '/v1/pages',
      body: {
        json: {
          parent: { database_id: given.database_id },
          properties: toProperties(given.properties) ?? {},
          children: given.child_blocks?.map(toBlock),
          icon: iconOf(given.icon),
          cover: coverOf(given.cover),
        },
      },
    }),
    answer: wrap,
  }),
  requestTool({
    slug: 'NOTION_UPDATE_ROW_DATABASE',
    name: 'Update row in database',
    description: 'Changes values of a row, its icon or cover, or moves the row to the bin.',
    input: z.object({
      row_id: z.string().min(1).describe('Id of the row: of its page.'),
      properties: values,
      icon,
      cover,
      delete_row: z.boolean().default(false).describe('Whether the row goes to the bin.'),
    }),
    output: Wrapped,
    tags: ['idempotentHint', 'destructiveHint'],
    request: (given) => ({
      method: 'PATCH',
      url: path`/v1/pages/${given.row_id}`,
      body: {
        json: {
          properties: toProperties(given.properties),
          icon: iconOf(given.icon),
          cover: coverOf(given.cover),
          archived: given.delete_row || undefined,
        },
      },
    }),
    answer: wrap,
  }),
  requestTool({
    slug: 'NOTION_FETCH_ROW',
    name: 'Fetch row',
    description: 'Reads one row of a database with the values of its columns.',
    input: z.object({ page_id: pageId }),
    output: z.object({ page_data: NotionObject }),
    tags: ['readOnlyHint'],
    request: ({ page_id }) => ({ method: 'GET', url: path`/v1/pages/${page_id}` }),
    answer: (page) => ({ page_data: page }),
  }),
];
