import { z } from 'zod';

/** The form of a delivery's body; the newest is V3. */
export const WebhookVersion = z.enum(['V1', 'V2', 'V3']);
export type WebhookVersion = z.infer<typeof WebhookVersion>;

/** The type of every event of a trigger instance. */
export const TRIGGER_MESSAGE = 'composio.trigger.message';

/** What a webhook can be sent: what each tells, and the versions that have a form for it. */
export const WEBHOOK_EVENT_TYPES = {
  [TRIGGER_MESSAGE]: {
    description: 'Something happened at a provider that an enabled trigger of the project watches.',
    versions: ['V1', 'V2', 'V3'],
  },
  'composio.connected_account.expired': {
    description: 'A connected account stopped working, and its user has to connect it again.',
    versions: ['V3'],
  },
  'composio.connected_account.activated': {
    description: 'A user connected an account, or connected one again that had expired.',
    versions: ['V3'],
  },
  'composio.toolkit.changes_held_back': {
    description:
      'A toolkit that the project added is another at its source now: what changed waits to be approved.',
    versions: ['V3'],
  },
  'composio.session.approval_wanted': {
    description:
      'A session called what its permissions let nobody call whom a person has not allowed: its user is asked, or the call was refused.',
    versions: ['V3'],
  },
  'composio.trigger.disabled': {
    description:
      'A trigger was disabled by itself: its account stopped working, or the provider goes on refusing it.',
    versions: ['V3'],
  },
} as const satisfies Record<string, { description: string; versions: readonly WebhookVersion[] }>;

export type WebhookEventType = keyof typeof WEBHOOK_EVENT_TYPES;
export const WebhookEventType = z.enum(
  Object.keys(WEBHOOK_EVENT_TYPES) as [WebhookEventType, ...WebhookEventType[]],
);

/** Whether a version has a form for events of a type. */
export function isToldBy(version: WebhookVersion, type: WebhookEventType): boolean {
  return (WEBHOOK_EVENT_TYPES[type].versions as readonly WebhookVersion[]).includes(version);
}
