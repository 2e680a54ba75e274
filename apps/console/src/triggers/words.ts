import type { Answer, Item } from '@patchbay/client';
import type { Tone } from '../ui/index.js';

export type TriggerType = Answer<'getTriggerType'>;
export type Delivery = Answer<'listWebhookDeliveries'>['items'][number];

const EVENTS: Record<Item<'listTriggerEvents'>['type'], string> = {
  'composio.trigger.message': 'A trigger saw something',
  'composio.connected_account.expired': 'Account expired',
  'composio.connected_account.activated': 'Account connected',
  'composio.toolkit.changes_held_back': 'Toolkit held back',
  'composio.session.approval_wanted': 'Approval wanted',
  'composio.trigger.disabled': 'Trigger disabled',
};
export const EVENT_TYPES = Object.entries(EVENTS);
/** An event by what it tells: the trigger's slug, or words. */
export const eventName = (type: string, slug: string | null) =>
  slug ?? (EVENTS as Record<string, string>)[type] ?? type;

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
