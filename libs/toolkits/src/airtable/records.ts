import { z } from 'zod';
import { requestTool, type ToolSpec } from '../toolkit.js';
import { path } from '../tool-runtime.js';
import {
  Answered,
  baseId,
  byId,
  OneRecord,
  recordId,
  Records,
  tableIdOrName,
  typecast,
  values,
  wrap,
} from './fields.js';

const READ = ['data.records:read'];
const WRITE = ['data.records:write'];
const table = { baseId, tableIdOrName };
const format = {
  cellFormat: z
    .enum(['json', 'string'])
    .default('json')
    .describe('Values as they are, or as people read them: this needs timeZone and userLocale.'),
  timeZone: z.string().optional().describe('Time zone of dates, for cellFormat string.'),
  userLocale: z.string().optional().describe('Language of dates, for cellFormat string.'),
};
/** Airtable takes no more in one call. */
const upToTen = <T extends z.ZodType>(item: T) => z.array(item).min(1).max(10);

export const recordTools: ToolSpec[] = [
  requestTool({
    slug: 'AIRTABLE_LIST_RECORDS',
    name: 'List records',
    description: 'Lists the records of a table, filtered by a formula, sorted, or as a view shows them.',
    input: z.object({
      ...table,
      fields: z.array(z.string()).optional().describe('Only these fields, by name or id.'),
      filterByFormula: z.string().optional().describe("Formula that must hold, such as {State}='Open'."),
      maxRecords: z.int().min(1).optional().describe('Records in all, at most.'),
      pageSize: z.int().min(1).max(100).default(100).describe('Records a page.'),
      sort: z
        .array(
          z.object({
            field: z.string().describe('Field to sort by.'),
            direction: z.enum(['asc', 'desc']).optional().describe('Smallest or largest first.'),
          }),
        )
        .optional()
        .describe('What to sort by.'),
      view: z.string().optional().describe('Id or name of a view.'),
      offset: z.string().optional().describe('`offset` of the page before.'),
      ...format,
      returnFieldsByFieldId: byId,
      recordMetadata: z
        .array(z.string())
        .optional()
        .describe('commentCount, to tell how many comments there are.'),
    }),
    output: Records,
    tags: ['important', 'readOnlyHint'],
    scopes: READ,
    // By POST, as a formula may be longer than an address.
    request: ({ baseId: base, tableIdOrName: name, ...json }) => ({
      method: 'POST',
      url: path`/v0/${base}/${name}/listRecords`,
      body: { json },
    }),
    answer: wrap,
  }),
  requestTool({
    slug: 'AIRTABLE_GET_RECORD',
    name: 'Get record',
    description: 'Reads one record of a table.',
    input: z.object({ ...table, recordId, ...format, returnFieldsByFieldId: byId }),
    output: OneRecord,
    tags: ['readOnlyHint'],
    scopes: READ,
    request: ({ baseId: base, tableIdOrName: name, recordId: record, ...query }) => ({
      method: 'GET',
      url: path`/v0/${base}/${name}/${record}`,
      query,
    }),
    answer: wrap,
  }),
  requestTool({
    slug: 'AIRTABLE_CREATE_RECORD',
    name: 'Create a record',
    description: 'Adds one record to a table; AIRTABLE_CREATE_RECORDS adds up to ten.',
    input: z.object({ ...table, fields: values, typecast }),
    output: OneRecord,
    tags: ['important'],
    scopes: WRITE,
    request: ({ baseId: base, tableIdOrName: name, ...json }) => ({
      method: 'POST',
      url: path`/v0/${base}/${name}`,
      body: { json },
    }),
    answer: wrap,
  }),
  requestTool({
    slug: 'AIRTABLE_CREATE_RECORDS',
    name: 'Create records',
    description: 'Adds up to ten records to a table in one call.',
    input: z.object({
      ...table,
      records: upToTen(z.object({ fields: values })).describe('The records.'),
      typecast,
    }),
    output: Records,
    tags: [],
    scopes: WRITE,
    request: ({ baseId: base, tableIdOrName: name, ...json }) => ({
      method: 'POST',
      url: path`/v0/${base}/${name}`,
      body: { json },
    }),
    answer: wrap,
  }),
  requestTool({
    slug: 'AIRTABLE_UPDATE_RECORD',
    name: 'Update record',
    description: 'Changes fields of a record; those left out stay.',
    input: z.object({ ...table, recordId, fields: values, typecast, returnFieldsByFieldId: byId }),
    output: OneRecord,
    tags: ['important', 'idempotentHint', 'destructiveHint'],
    scopes: WRITE,
    request: ({ baseId: base, tableIdOrName: name, recordId: record, ...json }) => ({
      method: 'PATCH',
      url: path`/v0/${base}/${name}/${record}`,
      body: { json },
    }),
    answer: wrap,
  }),
  requestTool({
    slug: 'AIRTABLE_UPDATE_MULTIPLE_RECORDS',
    name: 'Update multiple records',
    description: 'Changes up to ten records in one call, or adds those that are not there if told to.',
    input: z.object({
      ...table,
      records: upToTen(z.object({ id: recordId.optional(), fields: values })).describe('The records.'),
      performUpsert: z
        .object({
          fieldsToMergeOn: z.array(z.string()).min(1).max(3).describe('Fields that tell records apart.'),
        })
        .optional()
        .describe('Finds records by these fields instead of ids, and adds the others.'),
      typecast,
    }),
    output: Records,
    tags: ['idempotentHint', 'destructiveHint'],
    scopes: WRITE,
    request: ({ baseId: base, tableIdOrName: name, ...json }) => ({
      method: 'PATCH',
      url: path`/v0/${base}/${name}`,
      body: { json },
    }),
    answer: wrap,
  }),
  requestTool({
    slug: 'AIRTABLE_DELETE_RECORD',
    name: 'Delete record',
    description: 'Deletes one record from a table.',
    input: z.object({ ...table, recordId }),
    output: Answered,
    tags: ['destructiveHint', 'idempotentHint'],
    scopes: WRITE,
    request: ({ baseId: base, tableIdOrName: name, recordId: record }) => ({
      method: 'DELETE',
      url: path`/v0/${base}/${name}/${record}`,
    }),
    answer: wrap,
  }),
  requestTool({
    slug: 'AIRTABLE_DELETE_MULTIPLE_RECORDS',
    name: 'Delete multiple records',
    description: 'Deletes up to ten records in one call.',
    input: z.object({ ...table, recordIds: upToTen(recordId).describe('Ids of the records.') }),
    output: Answered,
    tags: ['destructiveHint', 'idempotentHint'],
    scopes: WRITE,
    request: ({ baseId: base, tableIdOrName: name, recordIds }) => ({
      method: 'DELETE',
      url: path`/v0/${base}/${name}`,
      query: { 'records[]': recordIds },
    }),
    answer: wrap,
  }),
  requestTool({
    slug: 'AIRTABLE_CREATE_COMMENT',
    name: 'Create comment',
    description: 'Writes a comment on a record.',
    input: z.object({ ...table, recordId, text: z.string().min(1).describe('Text of the comment.') }),
    output: Answered,
    tags: [],
    scopes: ['data.recordComments:write'],
    request: ({ baseId: base, tableIdOrName: name, recordId: record, ...json }) => ({
      method: 'POST',
      url: path`/v0/${base}/${name}/${record}/comments`,
      body: { json },
    }),
    answer: wrap,
  }),
  requestTool({
    slug: 'AIRTABLE_LIST_COMMENTS',
    name: 'List comments',
    description: 'Lists the comments on a record, newest first.',
    input: z.object({
      ...table,
      recordId,
      pageSize: z.int().min(1).max(100).optional().describe('Comments a page.'),
      offset: z.string().optional().describe('`offset` of the page before.'),
    }),
    output: Answered,
    tags: ['readOnlyHint'],
    scopes: ['data.recordComments:read'],
    request: ({ baseId: base, tableIdOrName: name, recordId: record, ...query }) => ({
      method: 'GET',
      url: path`/v0/${base}/${name}/${record}/comments`,
      query,
    }),
    answer: wrap,
  }),
];
