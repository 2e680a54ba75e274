import { Moment, searchTriggerEvents } from '@patchbay/contracts';
import { z } from 'zod';
import { bodyCursor, bodyLimit } from '../http/index.js';

/* Events of triggers as older clients ask for them (`client.logs.triggers`). */

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
const SPANS_MS = {
  '5m': 5 * MINUTE_MS,
  '30m': 30 * MINUTE_MS,
  '6h': 6 * 60 * MINUTE_MS,
  '1d': DAY_MS,
  '1w': 7 * DAY_MS,
  '1month': 30 * DAY_MS,
  '1y': 365 * DAY_MS,
};
type Span = keyof typeof SPANS_MS;

/** The parameters of the search that take one value of a field, by its older name. */
const FIELDS = {
  triggerName: 'triggerSlugs',
  triggerId: 'instanceIds',
  connectionId: 'connectionIds',
  connectedAccountId: 'connectionIds',
  entityId: 'userIds',
  userId: 'userIds',
} as const;

const MAX_LIMIT = 100;

/** As long as what is asked of `triggers` may be: a field here takes one value of a list there. */
const { shape } = searchTriggerEvents.input;
const valueOf = (name: keyof typeof FIELDS) => shape[FIELDS[name]].unwrap().element;
const searchBy = <F extends keyof typeof FIELDS>(field: F) =>
  z.object({
    field: z.literal(field),
    operation: z.enum(['==', 'equals']).default('=='),
    value: valueOf(field),
  });
const SearchParameter = z.discriminatedUnion('field', [
  searchBy('triggerName'),
  searchBy('triggerId'),
  searchBy('connectionId'),
  searchBy('connectedAccountId'),
  searchBy('entityId'),
  searchBy('userId'),
]);

export const TriggerLogsBody = z
  .object({
    time: z.enum(Object.keys(SPANS_MS) as [Span, ...Span[]]).nullish(),
    from: Moment.nullish(),
    to: Moment.nullish(),
    status: z.enum(['all', 'success', 'error']).default('all'),
    search: shape.search.unwrap().nullish(),
    integrationId: z.string().nullish().describe('The auth config.'),
    entityId: valueOf('entityId').nullish().describe('The user; `userId` is the same.'),
    userId: valueOf('userId').nullish(),
    limit: bodyLimit(MAX_LIMIT),
    cursor: bodyCursor,
    search_params: z.array(SearchParameter).max(20).nullish(),
    include_payload: z.boolean().nullish().describe('False: pages may have up to 100, and not only 20.'),
  })
  .transform((body) => {
    const { time, limit, status } = body;
    const users = [body.entityId, body.userId].filter((user) => typeof user === 'string');
    const search: Partial<Record<(typeof FIELDS)[keyof typeof FIELDS], string[]>> =
      users.length > 0 ? { userIds: users } : {};
    for (const { field, value } of body.search_params ?? [])
      search[FIELDS[field]] = [...(search[FIELDS[field]] ?? []), value];
    return {
      status,
      authConfigId: body.integrationId ?? undefined,
      withPayload: body.include_payload !== false,
      search: {
        ...search,
        search: body.search || undefined,
        from: body.from ?? (time ? Date.now() - SPANS_MS[time] : undefined),
        to: body.to ?? undefined,
        cursor: body.cursor ?? undefined,
        limit,
      },
    };
  });
export type TriggerLogsBody = z.output<typeof TriggerLogsBody>;
