import { searchTriggerEvents } from '@patchbay/contracts';
import { z } from 'zod';
import { pageQuery, queryListOf, queryMoment } from '../http/index.js';

/* Stored events on the wire (docs/triggers.md). */

const asked = searchTriggerEvents.input.shape;
export const EventsQuery = z
  .object({
    ...pageQuery(100),
    event_types: queryListOf(asked.types.unwrap()),
    trigger_ids: queryListOf(asked.instanceIds.unwrap()),
    trigger_slugs: queryListOf(asked.triggerSlugs.unwrap()).describe('In any case.'),
    user_ids: queryListOf(asked.userIds.unwrap()),
    connected_account_ids: queryListOf(asked.connectionIds.unwrap()),
    search: asked.search.describe('A part of the data, in any case, or an id.'),
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
