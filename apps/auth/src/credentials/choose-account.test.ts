import { describe, expect, it } from 'vitest';
import { AppError } from '@patchbay/contracts';
import { type Candidate, chooseAccount } from './choose-account.js';

function account(id: string, given: Partial<Candidate> = {}): Candidate {
  return {
    id: `ca_${id}`,
    wordId: `github_word-${id}`,
    alias: null,
    displayName: null,
    status: 'ACTIVE',
    authConfigId: 'ac_1',
    accountType: 'PRIVATE',
    connectedAt: new Date('2026-01-01'),
    ...given,
  };
}

const oldest = account('oldest', { alias: 'work', connectedAt: new Date('2026-01-01') });
const newest = account('newest', { alias: 'home', connectedAt: new Date('2026-03-01') });
const middle = account('middle', { authConfigId: 'ac_2', connectedAt: new Date('2026-02-01') });
const expired = account('expired', { status: 'EXPIRED', connectedAt: new Date('2026-04-01') });
const disabled = account('disabled', { status: 'INACTIVE', connectedAt: new Date('2026-05-01') });
const all = [oldest, newest, middle, expired, disabled];

interface Case {
  rules?: { authConfigId?: string; pinned?: string[]; requireChoice?: boolean };
  named?: string;
  accounts?: Candidate[];
}

function choose({ rules = {}, named, accounts = all }: Case): string {
  return chooseAccount('github', accounts, { requireChoice: false, ...rules }, named).id;
}

function refusal(given: Case): AppError {
  try {
    choose(given);
  } catch (error) {
    if (error instanceof AppError) return error;
    throw error;
  }
  throw new Error('An account was chosen');
}

/** In the order of docs/api/connected-accounts.md#which-account-a-call-uses. */
describe('chooseAccount', () => {
  it.each<[string, Case, string]>([
    ['1. the named one, by id', { named: 'ca_oldest' }, 'ca_oldest'],
    ['1. the named one, by word id', { named: 'github_word-oldest' }, 'ca_oldest'],
    ['1. the named one, by alias', { named: 'work' }, 'ca_oldest'],
    [
      '1. the named one of several pinned',
      { named: 'work', rules: { pinned: ['ca_oldest', 'ca_newest'] } },
      'ca_oldest',
    ],
    [
      '1. the named one where a choice is required',
      { named: 'home', rules: { requireChoice: true } },
      'ca_newest',
    ],
    ['2. the pinned one, though another is newer', { rules: { pinned: ['ca_oldest'] } }, 'ca_oldest'],
    ['2. the newest of several pinned', { rules: { pinned: ['ca_oldest', 'ca_middle'] } }, 'ca_middle'],
    [
      "2. the pinned one, whatever the session's auth config",
      { rules: { pinned: ['ca_middle'], authConfigId: 'ac_1' } },
      'ca_middle',
    ],
    ["3. the newest of the session's auth config", { rules: { authConfigId: 'ac_2' } }, 'ca_middle'],
    ['4. the one connected last', {}, 'ca_newest'],
    [
      '4. the only one where a choice is required',
      { accounts: [oldest, expired], rules: { requireChoice: true } },
      'ca_oldest',
    ],
  ])('takes %s', (_, given, id) => {
    expect(choose(given)).toBe(id);
    expect(choose({ ...given, accounts: (given.accounts ?? all).toReversed() })).toBe(id);
  });

  it.each<[string, Case]>([
    ['4. several, of which one must be named', { rules: { requireChoice: true } }],
    [
      '4. several pinned, of which one must be named',
      { rules: { pinned: ['ca_oldest', 'ca_newest'], requireChoice: true } },
    ],
  ])('refuses %s', (_, given) => {
    const { code, message } = refusal(given);
    expect(code).toBe('account_choice_required');
    expect(message).toContain('ca_oldest (github_word-oldest, alias work, ACTIVE)');
    expect(message).toContain('ca_newest');
    expect(message).not.toContain('ca_expired');
  });

  it("tells the person's name at the provider, where it is known", () => {
    const accounts = [{ ...oldest, displayName: 'Ada Lovelace' }, newest];
    const { message } = refusal({ accounts, rules: { requireChoice: true } });
    expect(message).toContain('(github_word-oldest, alias work, Ada Lovelace, ACTIVE)');
  });

  it.each<[string, Case]>([
    ['5. none at all', { accounts: [] }],
    ['5. none that is active', { accounts: [expired, disabled] }],
    ["5. none of the session's auth config", { rules: { authConfigId: 'ac_3' } }],
    ['2. a pinned one that is gone, with others there', { rules: { pinned: ['ca_gone'] } }],
    ['2. a pinned one that has expired, with others there', { rules: { pinned: ['ca_expired'] } }],
    ['1. a named one that has expired', { named: 'ca_expired' }],
    ['1. a named one that is disabled', { named: 'github_word-disabled' }],
  ])('finds no active account: %s', (_, given) => {
    const { code, message, suggestion } = refusal(given);
    expect(code).toBe('no_active_connection');
    expect(message).toContain('github');
    expect(suggestion).toContain('COMPOSIO_MANAGE_CONNECTIONS');
  });

  it.each<[string, Case, string, string]>([
    [
      'the one that expired',
      { accounts: [account('x', { status: 'EXPIRED', statusReason: 'Revoked by Ann' })] },
      'github_word-x is EXPIRED (Revoked by Ann)',
      'Connect it again',
    ],
    [
      'the one that was disabled',
      { accounts: [disabled] },
      'github_word-disabled is INACTIVE',
      'An administrator of the project has to enable the account',
    ],
    [
      'the named one',
      { named: 'ca_disabled' },
      'is INACTIVE, not ACTIVE',
      'An administrator of the project has to enable the account',
    ],
    ['none, when there is none', { accounts: [] }, 'in this session.', 'Connect one'],
  ])('says what became of %s, and whose turn it is', (_, given, words, turn) => {
    const { message, suggestion } = refusal(given);
    expect(message).toContain(words);
    expect(suggestion).toContain(turn);
  });

  it.each<[string, Case]>([
    ['is unknown', { named: 'ca_gone' }],
    ['is only nearly right', { named: 'Work' }],
    ['the session did not pin', { named: 'ca_newest', rules: { pinned: ['ca_oldest'] } }],
  ])('refuses a named account that %s, in the same words for all', (_, given) => {
    const { code, message } = refusal(given);
    expect(code).toBe('account_not_usable');
    expect(message).toBe(`The account ${given.named} is not one that this session can use for github.`);
  });
});
