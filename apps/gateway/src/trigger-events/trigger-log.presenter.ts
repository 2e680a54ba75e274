import type { Delivery, DeliveryDetail, EventOrigin, TriggerEvent } from '@patchbay/contracts';
import { z } from 'zod';

/** An event that a trigger saw. */
export type SeenEvent = TriggerEvent & { origin: EventOrigin };

const text = z.string().optional().describe('JSON, as text.');

export const TriggerLogAnswer = z
  .object({
    id: z.string(),
    connectionId: z.string(),
    clientId: z.string().describe('The project.'),
    entityId: z.string().describe('The user.'),
    status: z.enum(['success', 'error']).describe('`error`: its delivery to the webhook was given up.'),
    appName: z.string().describe('The toolkit.'),
    createdAt: z.string(),
    type: z.literal('trigger'),
    meta: z.object({
      id: z.string(),
      type: z.literal('trigger'),
      createdAt: z.string(),
      updatedAt: z.string(),
      provider: z.string(),
      clientId: z.string(),
      connectionId: z.string(),
      triggerProviderPayload: text,
      triggerClientPayload: text,
      triggerClientError: z.string().optional(),
      triggerClientResponse: z.string().optional(),
      triggerName: z.string(),
      triggerId: z.string(),
      triggerNanoId: z.string(),
    }),
  })
  .meta({ id: 'TriggerLog', description: 'An event that a trigger saw, in the form of older clients.' });

export const TriggerLogsAnswer = z.object({
  data: z.array(TriggerLogAnswer),
  nextCursor: z.string().nullable(),
});

/**
 * @param deliveries those of the event
 * @param told what of its delivery is told besides, where one log was asked for
 */
export function presentTriggerLog(
  event: SeenEvent,
  deliveries: readonly Delivery[],
  { withPayload = false, told }: { withPayload?: boolean; told?: DeliveryDetail | undefined } = {},
): z.output<typeof TriggerLogAnswer> {
  const { id, origin, projectId, storedAt } = event;
  const failed = deliveries.find(({ state }) => state === 'failed');
  const shared = { clientId: projectId, connectionId: origin.connectionId };
  const response = told?.attemptList.at(-1)?.responseBody;
  return {
    ...shared,
    id,
    entityId: origin.userId,
    status: failed ? 'error' : 'success',
    appName: origin.toolkit,
    createdAt: storedAt,
    type: 'trigger',
    meta: {
      ...shared,
      id,
      type: 'trigger',
      createdAt: storedAt,
      updatedAt: deliveries.reduce((last, { finishedAt }) => later(last, finishedAt), storedAt),
      provider: origin.toolkit,
      ...(withPayload && { triggerProviderPayload: JSON.stringify(event.data) }),
      ...(told && { triggerClientPayload: told.body }),
      ...(failed?.error && { triggerClientError: failed.error }),
      ...(response && { triggerClientResponse: response }),
      triggerName: origin.triggerSlug,
      triggerId: origin.instanceId,
      triggerNanoId: origin.instanceId,
    },
  };
}

function later(one: string, other: string | null): string {
  return other !== null && other > one ? other : one;
}
