import type { Answer, Item } from '@patchbay/client';
import type { Tone } from '../ui/index.js';

export type Trigger = Item<'listTriggers'>;
export type TriggerType = Answer<'getTriggerType'>;
export type Delivery = Answer<'listWebhookDeliveries'>['items'][number];

/** Why a trigger is disabled, and what enables it again. */
export const REASONS: Record<NonNullable<Trigger['disabled_reason']>, string> = {
  by_developer: 'Somebody disabled it. It sees nothing until it is enabled.',
  account_disabled: 'Its account, or that one’s auth config, is disabled. It goes on when that is enabled.',
  connection_expired: 'Its account expired. It goes on when the user connects it again.',
  webhook_refresh_failed: 'The provider does not renew its hook. Enable it to make the hook anew.',
  unhealthy_polling: 'The provider refused to be asked for too long. Enable it to try again.',
};

/** Those that nobody here has chosen. */
export const BY_THEMSELVES = [
  'account_disabled',
  'connection_expired',
  'webhook_refresh_failed',
  'unhealthy_polling',
] as const;

export function stateOf(trigger: Trigger): { tone: Tone; word: string } {
  if (trigger.disabled_reason && trigger.disabled_reason !== 'by_developer')
    return { tone: 'bad', word: 'Stopped' };
  if (trigger.disabled_at) return { tone: 'off', word: 'Disabled' };
  if (trigger.last_error) return { tone: 'attention', word: 'Failing' };
  return { tone: 'good', word: 'Enabled' };
}

const EVENTS: Record<string, string> = {
  'composio.trigger.message': 'A trigger saw something',
  'composio.connected_account.expired': 'Account expired',
  'composio.connected_account.activated': 'Account connected',
  'composio.toolkit.changes_held_back': 'Toolkit held back',
  'composio.trigger.disabled': 'Trigger disabled',
};
export const EVENT_TYPES = Object.entries(EVENTS);
/** An event by what it tells: the trigger's slug, or words. */
export const eventName = (type: string, slug: string | null) => slug ?? EVENTS[type] ?? type;

const DELIVERIES: Record<Delivery['status'], { tone: Tone; word: string }> = {
  waiting: { tone: 'wait', word: 'Waiting' },
  delivered: { tone: 'good', word: 'Delivered' },
  failed: { tone: 'bad', word: 'Failed' },
};
export const deliveryState = ({ status, attempts }: Pick<Delivery, 'status' | 'attempts'>) =>
  status === 'waiting' && attempts > 0
    ? { tone: 'attention' as const, word: 'Trying again' }
    : DELIVERIES[status];

export type Webhook = Answer<'getWebhookSubscription'>;
export const SUBSCRIPTIONS: Record<Webhook['status'], { tone: Tone; word: string; advice: string }> = {
  active: { tone: 'good', word: 'Active', advice: 'What is sent arrives.' },
  failing: {
    tone: 'bad',
    word: 'Failing',
    advice: 'Nothing has arrived since the first attempt that failed.',
  },
  stopped: {
    tone: 'off',
    word: 'Stopped',
    advice: 'The endpoint answered 410, Gone: nothing is sent until the webhook is changed.',
  },
};
