import type { Item } from '@patchbay/client';
import type { Tone } from '../ui/index.js';

export type Trigger = Item<'listTriggers'>;

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
