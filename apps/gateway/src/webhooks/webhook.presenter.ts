import {
  WEBHOOK_EVENT_TYPES,
  type Delivery,
  type DeliveryDetail,
  type WebhookSubscription,
} from '@patchbay/contracts';

/** @param withSecret who knows the secret can sign: it is for those who may replace it, too */
export function presentSubscription(
  subscription: WebhookSubscription,
  { withSecret }: { withSecret: boolean },
) {
  const { id, url, version, enabledEvents, secret, state } = subscription;
  return {
    id,
    webhook_url: url,
    version,
    enabled_events: enabledEvents,
    ...(withSecret && { secret }),
    status: state,
    failing_since: subscription.failingSince,
    last_error: subscription.lastError,
    last_delivered_at: subscription.lastDeliveredAt,
    created_at: subscription.createdAt,
    updated_at: subscription.updatedAt,
  };
}

export function presentEventTypes() {
  return Object.entries(WEBHOOK_EVENT_TYPES).map(([type, { description, versions }]) => ({
    event_type: type,
    description,
    supported_versions: [...versions],
  }));
}

export function presentDelivery(delivery: Delivery) {
  return {
    id: delivery.id,
    event_id: delivery.eventId,
    event_type: delivery.eventType,
    subscription_id: delivery.subscriptionId,
    trigger_slug: delivery.triggerSlug,
    trigger_id: delivery.instanceId,
    user_id: delivery.userId,
    status: delivery.state,
    attempts: delivery.attempts,
    response_status: delivery.status,
    error: delivery.error,
    next_attempt_at: delivery.nextAttemptAt,
    created_at: delivery.createdAt,
    finished_at: delivery.finishedAt,
  };
}

export function presentDeliveryDetail(delivery: DeliveryDetail) {
  return {
    ...presentDelivery(delivery),
    body: delivery.body,
    attempt_list: delivery.attemptList.map((attempt) => ({
      number: attempt.number,
      at: attempt.at,
      duration_ms: attempt.durationMs,
      url: attempt.url,
      version: attempt.version,
      request_headers: attempt.requestHeaders,
      response_status: attempt.status,
      response_headers: attempt.responseHeaders,
      response_body: attempt.responseBody,
      error: attempt.error,
    })),
  };
}
