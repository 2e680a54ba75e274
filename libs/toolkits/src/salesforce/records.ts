import { z } from 'zod';
import { httpTool, type HttpTool } from '../toolkit.js';
import { DATA } from './version.js';

const object = z.string().min(1).describe('API name of the object, such as Account or Invoice__c.');
const record = z.string().min(1).describe('Id of the record.');
const fields = z.record(z.string(), z.unknown()).describe('Fields by their API names.');
const Made = z.looseObject({ id: z.string(), success: z.boolean() });
/** Salesforce answers nothing at all. */
const Nothing = z.looseObject({});

/** Records of any object, by the names that the organisation has for it. */
export const recordTools: HttpTool[] = [
  httpTool({
    slug: 'SALESFORCE_CREATE_A_RECORD',
    name: 'Create a record',
    description: 'Makes a record of any object, standard or custom, and answers its id.',
    method: 'POST',
    path: `${DATA}/sobjects/{sobject}`,
    input: z.object({ sobject: object, fields }),
    output: Made,
    body: { type: 'json', argument: 'fields' },
    tags: ['important'],
    scopes: ['api'],
  }),
  httpTool({
    slug: 'SALESFORCE_GET_RECORD',
    name: 'Get a record',
    description: 'Answers one record of any object, with all of its fields or those that are named.',
    method: 'GET',
    path: `${DATA}/sobjects/{sobject}/{record_id}`,
    input: z.object({
      sobject: object,
      record_id: record,
      fields: z.string().optional().describe('API names of fields, joined by commas.'),
    }),
    output: z.looseObject({ Id: z.string() }),
    tags: ['important', 'readOnlyHint'],
    scopes: ['api'],
  }),
  httpTool({
    slug: 'SALESFORCE_UPDATE_RECORD',
    name: 'Update a record',
    description: 'Changes fields of one record of any object; the others stay as they are.',
    method: 'PATCH',
    path: `${DATA}/sobjects/{sobject}/{record_id}`,
    input: z.object({ sobject: object, record_id: record, fields }),
    output: Nothing,
    body: { type: 'json', argument: 'fields' },
    tags: ['important'],
    scopes: ['api'],
  }),
  httpTool({
    slug: 'SALESFORCE_UPSERT_RECORD',
    name: 'Upsert a record',
    description: 'Changes the record whose external id is the one given, or makes it where there is none.',
    method: 'PATCH',
    path: `${DATA}/sobjects/{sobject}/{external_id_field}/{external_id}`,
    input: z.object({
      sobject: object,
      external_id_field: z.string().min(1).describe('API name of the field that holds the external id.'),
      external_id: z.string().min(1).describe('The external id.'),
      fields,
    }),
    output: z.looseObject({ id: z.string().optional(), created: z.boolean().optional() }),
    body: { type: 'json', argument: 'fields' },
    tags: ['idempotentHint'],
    scopes: ['api'],
  }),
  httpTool({
    slug: 'SALESFORCE_DELETE_RECORD',
    name: 'Delete a record',
    description: 'Puts one record of any object into the recycle bin.',
    method: 'DELETE',
    path: `${DATA}/sobjects/{sobject}/{record_id}`,
    input: z.object({ sobject: object, record_id: record }),
    output: Nothing,
    tags: ['destructiveHint'],
    scopes: ['api'],
  }),
  httpTool({
    slug: 'SALESFORCE_GET_ALL_CUSTOM_OBJECTS',
    name: 'List the objects',
    description: 'Lists the objects of the organisation, standard and custom, with what may be done to each.',
    method: 'GET',
    path: `${DATA}/sobjects`,
    input: z.object({}),
    output: z.looseObject({ sobjects: z.array(z.looseObject({ name: z.string() })) }),
    tags: ['readOnlyHint'],
    scopes: ['api'],
  }),
  httpTool({
    slug: 'SALESFORCE_DESCRIBE_OBJECT',
    name: 'Describe an object',
    description: 'Answers the fields of an object, with their types, values and relationships.',
    method: 'GET',
    path: `${DATA}/sobjects/{sobject}/describe`,
    input: z.object({ sobject: object }),
    output: z.looseObject({ name: z.string(), fields: z.array(z.looseObject({ name: z.string() })) }),
    tags: ['important', 'readOnlyHint'],
    scopes: ['api'],
  }),
];
