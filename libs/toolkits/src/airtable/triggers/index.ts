import { z } from 'zod';
import { path } from '../../tool-runtime.js';
import { triggerType, type TriggerSpec } from '../../trigger.js';
import { providerTime } from '../../triggers/moment.js';
import { newItems } from '../../triggers/new-items.js';
import { baseHook } from './base-hook.js';

const AirtableRecord = z.looseObject({ id: z.string(), createdTime: z.string(), fields: z.looseObject({}) });
const Records = z.looseObject({ records: z.array(AirtableRecord), offset: z.string().optional() });

/** https://airtable.com/developers/web/api/list-records: in no order of time, so all that is new is asked for. */
const recordCreated = triggerType({
  slug: 'AIRTABLE_RECORD_CREATED_TRIGGER',
  name: 'Record created',
  description: 'A record is written into the table.',
  instructions: 'Webhooks are for accounts connected with the scope webhook:manage: for others it is polled.',
  scopes: ['data.records:read'],
  config: z.object({
    base_id: z.string().min(1).describe('Id of the base, app….'),
    table_id: z.string().min(1).describe('Id or name of the table.'),
  }),
  payload: z.object({
    record_id: z.string().describe('Id of the record.'),
    created_time: z.string().describe('When, ISO 8601.'),
    fields: z.looseObject({}).describe('Its fields by their names.'),
  }),
  poll: newItems({
    begin: ({ config: { base_id, table_id }, runtime: { http } }) =>
      providerTime(http, { method: 'GET', url: path`/v0/${base_id}/${table_id}`, query: { pageSize: 1 } }),
    async list({ config: { base_id, table_id }, since, page, runtime: { http } }) {
      // Those of the very moment are in it, too: they are told once all the same.
      const from = since && new Date(Date.parse(since) - 1).toISOString();
      const query = {
        pageSize: 100,
        ...(from && { filterByFormula: `IS_AFTER(CREATED_TIME(), '${from}')` }),
        offset: page,
      };
      const answer = await http.request({ method: 'GET', url: path`/v0/${base_id}/${table_id}`, query });
      const { records, offset } = Records.parse(answer);
      return { items: records, next: since && offset };
    },
    keyOf: ({ id }) => id,
    timeOf: ({ createdTime }) => createdTime,
    payload: ({ id: record_id, createdTime: created_time, fields }) => ({ record_id, created_time, fields }),
  }),
  webhook: baseHook,
});

export const airtableTriggers: readonly TriggerSpec[] = [recordCreated];
