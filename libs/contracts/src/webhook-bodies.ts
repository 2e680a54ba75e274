import type { TriggerEvent } from './trigger-events.contract.js';
import { isToldBy, TRIGGER_MESSAGE, type WebhookVersion } from './webhook-event-types.js';

/** The id under which an event is told, in every attempt and to everybody: V3's `id`, and the header `webhook-id`. */
export function messageIdOf(eventId: string): string {
  return `msg_${eventId.slice(eventId.indexOf('_') + 1)}`;
}

/**
 * What is told of an event, the same however often it is: the one place that knows these names of the wire, as webhooks
 * and the realtime channel tell the same.
 * @param version one that has no form for the type tells it as V3 does
 */
export function webhookBody(version: WebhookVersion, event: TriggerEvent): Record<string, unknown> {
  const { origin } = event;
  if (!origin || !isToldBy(version, event.type)) return bodyV3(event);
  if (version === 'V1') {
    return {
      trigger_name: origin.triggerSlug,
      connection_id: origin.connectionId,
      trigger_id: origin.instanceId,
      payload: event.data,
      log_id: event.id,
    };
  }
  if (version === 'V2') {
    return {
      type: origin.triggerSlug.toLowerCase(),
      timestamp: event.at,
      log_id: event.id,
      data: {
        ...event.data,
        connection_id: origin.connectionId,
        connection_nano_id: origin.connectionId,
        trigger_nano_id: origin.instanceId,
        trigger_id: origin.instanceId,
        user_id: origin.userId,
      },
    };
  }
  return bodyV3(event);
}

function bodyV3({ id, at, type, origin, metadata, data }: TriggerEvent): Record<string, unknown> {
  return {
    id: messageIdOf(id),
    timestamp: at,
    type: origin ? TRIGGER_MESSAGE : type,
    metadata: origin
      ? {
          log_id: id,
          trigger_slug: origin.triggerSlug,
          trigger_id: origin.instanceId,
          connected_account_id: origin.connectionId,
          auth_config_id: origin.authConfigId,
          user_id: origin.userId,
        }
      : metadata,
    data,
  };
}
