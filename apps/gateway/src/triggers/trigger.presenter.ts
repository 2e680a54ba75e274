import { writeJson, type TriggerInstance } from '@patchbay/contracts';
import type { z } from 'zod';
import type { TriggerInstanceAnswer } from './trigger.answer.js';

export function presentTrigger(instance: TriggerInstance): z.output<typeof TriggerInstanceAnswer> {
  const { id, connectionId, triggerSlug, config, data, disabledAt, createdAt, updatedAt } = instance;
  return {
    id,
    uuid: id,
    connected_account_id: connectionId,
    connected_account_uuid: connectionId,
    auth_config_id: instance.authConfigId,
    user_id: instance.userId,
    toolkit_slug: instance.toolkit,
    trigger_name: triggerSlug,
    version: instance.version,
    trigger_config: config,
    // The official clients take a text or nothing at all, and no null.
    ...(data && { trigger_data: writeJson(data) }),
    state: {},
    type: instance.mechanism,
    disabled_at: disabledAt,
    disabled_reason: instance.disabledReason,
    last_polled_at: instance.lastPolledAt,
    last_event_at: instance.lastEventAt,
    last_error: instance.lastError,
    created_at: createdAt,
    updated_at: updatedAt,
    connectedAccountId: connectionId,
    triggerName: triggerSlug,
    triggerConfig: config,
    updatedAt,
    disabledAt,
    deprecated: { createdAt },
  };
}
