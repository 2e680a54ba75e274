import { WebhookEventType } from '@patchbay/contracts';
import { z } from 'zod';
import { pageQuery, queryList, queryListOf, queryMoment } from '../http/index.js';

/* Stored events on the wire (docs/triggers.md). */

export const EventsQuery = z
  .object({
    ...pageQuery(100),
    event_types: queryListOf(WebhookEventType),
    trigger_ids: queryList,
    trigger_slugs: queryList.describe('In any case.'),
    user_ids: queryList,
    connected_account_ids: queryList,
    search: z.string().max(200).optional().describe('A part of the data, in any case, or an id.'),
    from: queryMoment.describe('Epoch milliseconds: only those that were stored from then on.'),
    to: queryMoment.describe('Epoch milliseconds: only those that were stored before.'),
  })
  .transform((query) => ({
    limit: query.limit,
    cursor: query.cursor,
    types: query.event_types,
    instanceIds: query.trigger_ids,
    triggerSlugs: query.trigger_slugs?.map((slug) => slug.toUpperCase()),
    userIds: query.user_ids,
    connectionIds: query.connected_account_ids,
    search: query.search || undefined,
    from: query.from,
    to: query.to,
  }));
export type EventsQuery = z.output<typeof EventsQuery>;
