import { z } from 'zod';

/* What trigger instances answer on the wire (docs/triggers.md). */

const config = z.record(z.string(), z.unknown());
const twin = (name: string) => ({ deprecated: true, description: `An older name of \`${name}\`.` });

export const TriggerInstanceAnswer = z
  .object({
    id: z.string(),
    uuid: z.string(),
    connected_account_id: z.string(),
    connected_account_uuid: z.string(),
    auth_config_id: z.string(),
    user_id: z.string(),
    toolkit_slug: z.string(),
    trigger_name: z.string().describe('The slug of its type.'),
    version: z.string().describe('Of the toolkit, as it was when the instance was made.'),
    trigger_config: config,
    trigger_data: z.string().optional().describe('What is known of its side at the provider, as JSON text.'),
    state: config.describe('Always empty: older clients want it.').meta({ deprecated: true }),
    type: z.enum(['poll', 'webhook']).describe('How its events come in.'),
    disabled_at: z.string().nullable().describe('Null while it is enabled.'),
    disabled_reason: z
      .enum([
        'by_developer',
        'account_disabled',
        'connection_expired',
        'webhook_refresh_failed',
        'unhealthy_polling',
      ])
      .nullable(),
    last_polled_at: z.string().nullable(),
    last_event_at: z.string().nullable(),
    last_error: z.string().nullable().describe('What went wrong last, while it does.'),
    created_at: z.string(),
    updated_at: z.string(),
    connectedAccountId: z.string().meta(twin('connected_account_id')),
    triggerName: z.string().meta(twin('trigger_name')),
    triggerConfig: config.meta(twin('trigger_config')),
    updatedAt: z.string().meta(twin('updated_at')),
    disabledAt: z.string().nullable().meta(twin('disabled_at')),
    deprecated: z.object({ createdAt: z.string() }).meta({ deprecated: true }),
  })
  .meta({ id: 'TriggerInstance', description: 'One trigger type for one account with one config.' });

export const UpsertedTriggerAnswer = z.object({
  trigger_id: z.string(),
  deprecated: z.object({ uuid: z.string() }).meta({ deprecated: true }),
});
export const TriggerStatusAnswer = z.object({ status: z.literal('success') });
export const DeletedTriggerAnswer = z.object({ trigger_id: z.string() });
