import { z } from 'zod';
import { requestTool, type ToolSpec } from '../toolkit.js';
import { path } from '../tool-runtime.js';
import { Answered, baseId, wrap } from './fields.js';

const READ = ['schema.bases:read'];
const WRITE = ['schema.bases:write'];
const Field = z.looseObject({
  name: z.string().min(1).describe('Name of the field.'),
  type: z
    .string()
    .default('singleLineText')
    .describe('Its kind: singleLineText, number, singleSelect, date …'),
  description: z.string().optional().describe('What it is for.'),
  options: z.looseObject({}).optional().describe('Settings of its kind, such as choices.'),
});

export const baseTools: ToolSpec[] = [
  requestTool({
    slug: 'AIRTABLE_LIST_BASES',
    name: 'List bases',
    description: 'Lists the bases that the account can see.',
    input: z.object({ offset: z.string().optional().describe('`offset` of the page before.') }),
    output: Answered,
    tags: ['important', 'readOnlyHint'],
    scopes: READ,
    request: (query) => ({ method: 'GET', url: '/v0/meta/bases', query }),
    answer: wrap,
  }),
  requestTool({
    slug: 'AIRTABLE_GET_BASE_SCHEMA',
    name: 'Get base schema',
    description: 'Tells the tables of a base with their fields and views.',
    input: z.object({ baseId }),
    output: Answered,
    tags: ['important', 'readOnlyHint'],
    scopes: READ,
    request: ({ baseId: base }) => ({ method: 'GET', url: path`/v0/meta/bases/${base}/tables` }),
    answer: wrap,
  }),
  requestTool({
    slug: 'AIRTABLE_CREATE_TABLE',
    name: 'Create table',
    description: 'Makes a new table in a base; its first field is the one that names records.',
    input: z.object({
      baseId,
      name: z.string().min(1).describe('Name of the table.'),
      fields: z.array(Field).min(1).describe('Its fields.'),
      description: z.string().optional().describe('What it is for.'),
    }),
    output: Answered,
    tags: [],
    scopes: WRITE,
    request: ({ baseId: base, ...json }) => ({
      method: 'POST',
      url: path`/v0/meta/bases/${base}/tables`,
      body: { json },
    }),
    answer: wrap,
  }),
  requestTool({
    slug: 'AIRTABLE_CREATE_FIELD',
    name: 'Create field',
    description: 'Adds a field to a table.',
    input: z.object({
      baseId,
      tableId: z.string().min(1).describe('Id of the table, such as tbl123.'),
      ...Field.shape,
    }),
    output: Answered,
    tags: [],
    scopes: WRITE,
    request: ({ baseId: base, tableId, ...json }) => ({
      method: 'POST',
      url: path`/v0/meta/bases/${base}/tables/${tableId}/fields`,
      body: { json },
    }),
    answer: wrap,
  }),
  requestTool({
    slug: 'AIRTABLE_GET_USER_INFO',
    name: 'Get user information',
    description: 'Tells as whom the account acts, and what it may do.',
    input: z.object({}),
    output: z.looseObject({ id: z.string() }),
    tags: ['readOnlyHint'],
    request: () => ({ method: 'GET', url: '/v0/meta/whoami' }),
  }),
];
