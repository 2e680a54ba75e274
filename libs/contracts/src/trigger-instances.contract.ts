import { z } from 'zod';
import { ToolVersions } from './catalogue.contract.js';
import { defineRequest } from './define.js';
import { idSchema, UserId } from './ids.js';
import { PageRequest, pageOf } from './page.js';
import { ToolkitSlug } from './tool-slug.js';
import { TriggerHook, TriggerMechanism, TriggerSlug } from './trigger-types.contract.js';

/**
 * Why an instance is disabled. `by_developer`: by this API. `account_disabled`: with its account or that one's auth config.
 * The others happened by themselves and are told to the developer as `composio.trigger.disabled`; those of accounts end
 * when the account is back.
 */
export const DisabledReason = z.enum([
  'by_developer',
  'account_disabled',
  'connection_expired',
  'webhook_refresh_failed',
  'unhealthy_polling',
]);
export type DisabledReason = z.infer<typeof DisabledReason>;

/** Settings of one instance, checked by its type's schema. */
export const TriggerConfig = z.record(z.string().max(200), z.unknown());
export type TriggerConfig = z.infer<typeof TriggerConfig>;

/** One type for one connected account with one config: it belongs to a project and a user, never to a session. */
export const TriggerInstance = z.object({
  id: z.string(),
  triggerSlug: z.string(),
  toolkit: z.string(),
  /** Of the toolkit, decided when it was made. */
  version: z.string(),
  userId: z.string(),
  connectionId: z.string(),
  authConfigId: z.string(),
  config: TriggerConfig,
  mechanism: TriggerMechanism,
  /** What is known of its side at the provider, such as the id of the hook there; null: nothing. */
  data: TriggerHook.nullable(),
  /** Null: it is enabled. ISO 8601 UTC, as all times here. */
  disabledAt: z.string().nullable(),
  disabledReason: DisabledReason.nullable(),
  /** Of polled ones; null before the first time. */
  lastPolledAt: z.string().nullable(),
  lastEventAt: z.string().nullable(),
  /** Of what failed last, while it does. */
  lastError: z.string().nullable(),
  createdAt: z.string(),
  updatedAt: z.string(),
});
export type TriggerInstance = z.infer<typeof TriggerInstance>;

const OfProject = { projectId: idSchema('project') };
const TriggerKey = { ...OfProject, id: idSchema('triggerInstance') };

/** A hook may have to be made at the provider, which is asked as a tool is. */
const REGISTRATION_TIMEOUT_MS = 45_000;

/**
 * Makes an instance, or finds the one of the same type, account and config and enables it. Without an account: the
 * user's that a tool call would use. Errors: `trigger_type_not_found`, `invalid_request` (config, endpoint or account
 * missing), `connection_not_found`, `no_active_connection`, and what the provider says of a hook.
 */
export const upsertTrigger = defineRequest(
  'triggers.instances.upsert',
  z.strictObject({
    ...OfProject,
    triggerSlug: TriggerSlug,
    connectionId: idSchema('connection').optional(),
    userId: UserId.optional(),
    config: TriggerConfig.default({}),
    versions: ToolVersions.optional(),
  }),
  z.object({ instance: TriggerInstance, created: z.boolean() }),
  { timeoutMs: REGISTRATION_TIMEOUT_MS },
);
export const getTrigger = defineRequest(
  'triggers.instances.get',
  z.strictObject(TriggerKey),
  TriggerInstance,
);
export const listTriggers = defineRequest(
  'triggers.instances.list',
  z.strictObject({
    ...OfProject,
    ids: z.array(z.string()).max(1000).optional(),
    triggerSlugs: z.array(TriggerSlug).max(1000).optional(),
    toolkits: z.array(ToolkitSlug).max(1000).optional(),
    userIds: z.array(z.string()).max(1000).optional(),
    connectionIds: z.array(z.string()).max(1000).optional(),
    authConfigIds: z.array(z.string()).max(1000).optional(),
    includeDisabled: z.boolean().default(false),
    /** Only those that are disabled for one of these reasons. */
    disabledReasons: z.array(DisabledReason).max(20).optional(),
    ...PageRequest,
  }),
  pageOf(TriggerInstance),
);
/** An instance that is so already stays so. Enabled again: its hook is made anew, or its polling goes on at its cursor. */
export const setTriggerEnabled = defineRequest(
  'triggers.instances.setEnabled',
  z.strictObject({ ...TriggerKey, enabled: z.boolean() }),
  TriggerInstance,
  { timeoutMs: REGISTRATION_TIMEOUT_MS },
);
/** Its hook at the provider is removed soon after, as far as the provider lets us. */
export const deleteTrigger = defineRequest(
  'triggers.instances.delete',
  z.strictObject(TriggerKey),
  z.object({ id: z.string() }),
);
