import { z } from 'zod';
import { CALL_TIMEOUT_MS, MessageCallContext } from './calls.contract.js';
import { ToolVersions } from './catalogue.contract.js';
import { defineRequest } from './define.js';
import { idSchema } from './ids.js';
import { JsonSchema } from './json-schema.js';
import { pageOf, PageRequest } from './page.js';
import { ToolkitSlug } from './tool-slug.js';

/** Slugs of trigger types are upper case, `GITHUB_COMMIT_EVENT`; both cases are taken, and the names they had before. */
export const TriggerSlug = z
  .string()
  .min(1)
  .max(200)
  .transform((slug) => slug.toUpperCase());

/** How events come: the provider sends them to us, or we ask for them. */
export const TriggerMechanism = z.enum(['webhook', 'poll']);
export type TriggerMechanism = z.infer<typeof TriggerMechanism>;

/**
 * `user`: a hook is made at the provider for each instance, with the account's credential. `app`: the provider sends all
 * events of one OAuth app to one address.
 */
export const WebhookModel = z.enum(['user', 'app']);
export type WebhookModel = z.infer<typeof WebhookModel>;

/** What the developer of a custom OAuth app has to give before the app's webhooks can be taken. */
export const WebhookSetupField = z.object({
  displayName: z.string(),
  description: z.string(),
  required: z.boolean(),
  secret: z.boolean(),
});
export type WebhookSetupField = z.infer<typeof WebhookSetupField>;

export const TriggerType = z.object({
  slug: z.string(),
  name: z.string(),
  description: z.string(),
  /** For the developer: what has to be so at the provider. Empty when nothing has. */
  instructions: z.string(),
  toolkit: z.object({ slug: z.string(), name: z.string(), logo: z.string() }),
  version: z.string(),
  /** Every way in which it can work, the better one first. */
  mechanisms: z.array(TriggerMechanism).min(1),
  /** The way in which this installation serves it: webhooks where providers reach it (PATCHBAY_TRIGGER_WEBHOOKS), else polling. */
  mechanism: TriggerMechanism,
  /** False: it can only be pushed, and no provider can reach this installation. */
  servable: z.boolean(),
  /** Absent: it takes no webhooks. */
  webhookModel: WebhookModel.optional(),
  /** Its webhooks say only that something changed: it is polled as well, at once when they do. */
  hinted: z.boolean().optional(),
  /** Of the settings, `interval` in minutes among them where it is polled. */
  config: JsonSchema,
  /** Of what an event carries. */
  payload: JsonSchema,
  /** OAuth scopes that it needs. */
  scopes: z.array(z.string()),
  /** Slugs that it had before, which still name it. */
  aliases: z.array(z.string()).optional(),
});
export type TriggerType = z.infer<typeof TriggerType>;

const OfProject = { projectId: idSchema('project') };

export const listTriggerTypes = defineRequest(
  'tools.triggerTypes.list',
  z.strictObject({
    ...OfProject,
    toolkits: z.array(ToolkitSlug).optional(),
    /** Types of a toolkit that has no such version are left out. */
    versions: ToolVersions.optional(),
    ...PageRequest,
  }),
  pageOf(TriggerType),
);

/** The slugs of all types. */
export const listTriggerSlugs = defineRequest(
  'tools.triggerTypes.slugs',
  z.strictObject({ ...OfProject, toolkits: z.array(ToolkitSlug).optional() }),
  z.array(z.string()),
);

/** Unknown: `trigger_type_not_found`, with near matches in the suggestion; also for a version that there is none of. */
export const getTriggerType = defineRequest(
  'tools.triggerTypes.get',
  z.strictObject({ ...OfProject, slug: TriggerSlug, versions: ToolVersions.optional() }),
  TriggerType,
);

/** Minutes between two polls, unless the config says otherwise. */
export const DEFAULT_POLL_INTERVAL_MINUTES = 1;

/**
 * Checks the settings of an instance. Errors: `trigger_type_not_found`; `invalid_request` naming each field that is wrong,
 * not known or missing.
 */
export const checkTriggerConfig = defineRequest(
  'tools.triggerTypes.check',
  z.strictObject({
    ...OfProject,
    slug: TriggerSlug,
    versions: ToolVersions.optional(),
    config: z.record(z.string(), z.unknown()),
  }),
  z.object({
    type: TriggerType,
    /** With its defaults filled in, `interval` among them where the type can be polled. */
    config: z.record(z.string(), z.unknown()),
    /** Minutes, as asked for; absent when the type cannot be polled. */
    interval: z.number().optional(),
  }),
);

/**
 * What a type is run for. The account is the one that the instance was made for; it is opened as for a tool of this slug.
 * What may be refused: `trigger_type_not_found`, `connection_not_found`, `no_active_connection`, `account_not_usable`,
 * `credential_refused` (also: the provider no longer takes it), `tool_not_allowed` (the auth config allows other tools only),
 * `provider_refused` (the provider does not take the settings, or the account may not), `rate_limited` with `retryAfter` in
 * seconds, `provider_unreachable`, `provider_timeout`, `unavailable`.
 */
const OfInstance = {
  ...OfProject,
  userId: z.string(),
  connectionId: idSchema('connection'),
  slug: TriggerSlug,
  /** Names the instance on the record. */
  triggerId: z.string().min(1).max(100),
  /** As `checkTriggerConfig` answered it. */
  config: z.record(z.string(), z.unknown()),
  context: MessageCallContext,
};

export const TriggerEventFound = z.object({
  /** The provider's own id of the event, or one made of what makes it one of its kind: the same for the same event. */
  id: z.string().min(1).max(500),
  /** When it happened, as the provider says; null where it does not. ISO 8601. */
  at: z.string().nullable(),
  payload: z.record(z.string(), z.unknown()),
});
export type TriggerEventFound = z.infer<typeof TriggerEventFound>;

/** Where a type has got to at the provider: JSON of its own, a megabyte at most, opaque to everybody else. */
export const TriggerCursor = z.record(z.string(), z.unknown());
export type TriggerCursor = z.infer<typeof TriggerCursor>;

/**
 * Asks the provider what is new since the cursor. Without one it only finds out where to begin, and no event is answered.
 * Events come oldest first. The same event may come again: whoever keeps them tells by its id.
 */
export const pollTrigger = defineRequest(
  'tools.triggers.poll',
  z.strictObject({
    ...OfInstance,
    cursor: TriggerCursor.nullable(),
    /** Events of one answer, about: what is beyond comes with the next poll. */
    limit: z.int().min(1).max(500).default(100),
  }),
  z.object({
    events: z.array(TriggerEventFound),
    cursor: TriggerCursor,
    /** There is more to be had at once. */
    more: z.boolean(),
  }),
  { timeoutMs: CALL_TIMEOUT_MS },
);

/** What is kept of a hook at the provider: ids, never a secret. */
export const TriggerHook = z.record(z.string(), z.unknown());
export type TriggerHook = z.infer<typeof TriggerHook>;

const Registration = z.object({
  hook: TriggerHook,
  /** What inbound requests are verified with, when it is not the one that was given: the provider's own, or the OAuth app's. */
  secret: z.string().optional(),
  /** ISO 8601; absent: it lasts. */
  expiresAt: z.string().optional(),
});
export type Registration = z.infer<typeof Registration>;

/**
 * Makes the hook of an instance at the provider with the user's account; of a type whose webhooks are the app's, finds out
 * who the account is there, so that events can be told apart. The provider may send its handshake before this answers.
 * `provider_refused` where the account may not make hooks: a type that can be polled is polled then.
 */
export const registerTrigger = defineRequest(
  'tools.triggers.register',
  z.strictObject({
    ...OfInstance,
    /** Where the provider is to send events; public, and not to be guessed. */
    url: z.url({ protocol: /^https?$/ }),
    /** Given to providers that take a secret of ours. */
    secret: z.string().min(16).max(200),
  }),
  Registration,
  { timeoutMs: CALL_TIMEOUT_MS },
);

/** Makes a hook last longer, before it ends. The hook may be another one afterwards. */
export const renewTrigger = defineRequest(
  'tools.triggers.renew',
  z.strictObject({
    ...OfInstance,
    hook: TriggerHook,
    url: z.url({ protocol: /^https?$/ }),
    secret: z.string().min(16).max(200),
  }),
  Registration,
  { timeoutMs: CALL_TIMEOUT_MS },
);

/** Takes a hook away at the provider. One that is not there any more is no error. */
export const removeTrigger = defineRequest(
  'tools.triggers.remove',
  z.strictObject({ ...OfInstance, hook: TriggerHook }),
  z.object({}),
  { timeoutMs: CALL_TIMEOUT_MS },
);
