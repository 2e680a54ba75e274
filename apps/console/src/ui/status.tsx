import { Icon } from './icon.js';
import type { IconName } from './icon-names.js';

export type Tone = 'good' | 'wait' | 'attention' | 'bad' | 'off';

const LOOKS: Record<Tone, { icon: IconName; text: string; box: string }> = {
  good: { icon: 'success', text: 'text-good', box: 'bg-good-soft' },
  wait: { icon: 'waiting', text: 'text-accent', box: 'bg-accent-soft' },
  attention: { icon: 'attention', text: 'text-wait', box: 'bg-wait-soft' },
  bad: { icon: 'failed', text: 'text-bad', box: 'bg-bad-soft' },
  off: { icon: 'off', text: 'text-soft', box: 'bg-hover' },
};

/** How something stands, by colour, icon and word at once. */
export function Status({ tone, word, isBoxed = false }: { tone: Tone; word: string; isBoxed?: boolean }) {
  const { icon, text, box } = LOOKS[tone];
  return (
    <span
      className={`inline-flex items-center gap-1.5 align-middle text-sm whitespace-nowrap ${text} ${isBoxed ? `rounded-md px-1.5 py-0.5 font-medium ${box}` : ''}`}
    >
      <Icon name={icon} size={14} />
      {word}
    </span>
  );
}

const CALLS: Record<string, [Tone, string]> = {
  success: ['good', 'Succeeded'],
  failed: ['bad', 'Failed'],
  running: ['wait', 'Running'],
};

export function CallStatus({ status, isBoxed }: { status: string; isBoxed?: boolean }) {
  const [tone, word] = CALLS[status] ?? ['off', status];
  return <Status tone={tone} word={word} isBoxed={isBoxed ?? false} />;
}

const ACCOUNTS: Record<string, [Tone, string]> = {
  ACTIVE: ['good', 'Active'],
  INITIALIZING: ['wait', 'Being set up'],
  INITIATED: ['wait', 'Waiting for sign-in'],
  EXPIRED: ['attention', 'Expired'],
  FAILED: ['bad', 'Failed'],
  REVOKED: ['off', 'Revoked'],
  INACTIVE: ['off', 'Inactive'],
};

export function AccountStatus(props: { status: string; isDisabled?: boolean; isBoxed?: boolean }) {
  const [tone, word] = props.isDisabled
    ? (['off', 'Disabled'] as const)
    : (ACCOUNTS[props.status] ?? ['off', props.status]);
  return <Status tone={tone} word={word} isBoxed={props.isBoxed ?? false} />;
}
