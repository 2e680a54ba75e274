import type { TriggerEvent } from '@patchbay/contracts';

export function presentEvent({ id, type, at, storedAt, origin, isClipped }: TriggerEvent) {
  return {
    id,
    type,
    timestamp: at,
    stored_at: storedAt,
    trigger_id: origin?.instanceId ?? null,
    trigger_slug: origin?.triggerSlug ?? null,
    toolkit_slug: origin?.toolkit ?? null,
    connected_account_id: origin?.connectionId ?? null,
    auth_config_id: origin?.authConfigId ?? null,
    user_id: origin?.userId ?? null,
    is_clipped: isClipped,
  };
}

export function presentEventDetail(event: TriggerEvent) {
  return { ...presentEvent(event), metadata: event.metadata, data: event.data };
}
