import { AppError, type AccountRules, type AccountType, type ConnectionStatus } from '@patchbay/contracts';

/** What is needed to know an account by, and to choose it. */
export interface Candidate {
  id: string;
  wordId: string;
  alias: string | null;
  displayName: string | null;
  status: ConnectionStatus;
  authConfigId: string;
  accountType: AccountType;
  connectedAt: Date | null;
}

/**
 * Which of the user's accounts of a toolkit a call uses (contract, endpoints 2.13): the one the call
 * names, else a pinned one, else the one connected last.
 */
export function chooseAccount<T extends Candidate>(
  toolkit: string,
  accounts: readonly T[],
  rules: AccountRules,
  named: string | undefined,
): T {
  const allowed = rules.pinned
    ? accounts.filter(({ id }) => rules.pinned?.includes(id))
    : accounts.filter(
        // A shared account is never chosen unless it is pinned.
        ({ authConfigId, accountType }) =>
          accountType === 'PRIVATE' && (!rules.authConfigId || authConfigId === rules.authConfigId),
      );
  if (named) return requireActive(toolkit, findNamed(toolkit, allowed, named));

  const active = allowed.filter(({ status }) => status === 'ACTIVE');
  if (active.length > 1 && rules.requireChoice) throw choiceRequired(toolkit, active);
  const newest = active.toSorted(
    (a, b) => (b.connectedAt?.getTime() ?? 0) - (a.connectedAt?.getTime() ?? 0),
  )[0];
  if (!newest) throw noActiveConnection(toolkit);
  return newest;
}

/** By id, word id or alias. */
export function isNamed({ id, wordId, alias }: Candidate, name: string): boolean {
  return [id, wordId, alias].includes(name);
}

function findNamed<T extends Candidate>(toolkit: string, accounts: readonly T[], named: string): T {
  const found = accounts.find((account) => isNamed(account, named));
  if (found) return found;
  // The same words whether it does not exist or is somebody else's.
  throw new AppError(
    'account_not_usable',
    `The account ${named} is not one that this session can use for ${toolkit}.`,
    {
      suggestion:
        'Leave the account out to use the default one, or list the accounts with COMPOSIO_MANAGE_CONNECTIONS.',
    },
  );
}

/** @throws AppError `no_active_connection` */
export function requireActive<T extends Candidate>(toolkit: string, account: T): T {
  if (account.status === 'ACTIVE') return account;
  throw new AppError(
    'no_active_connection',
    `The account ${account.wordId} of ${toolkit} is ${account.status}, not ACTIVE.`,
    {
      suggestion: `Connect it again with COMPOSIO_MANAGE_CONNECTIONS or session.authorize('${toolkit}').`,
    },
  );
}

function noActiveConnection(toolkit: string): AppError {
  return new AppError(
    'no_active_connection',
    `No active connection found for toolkit(s) ${toolkit} in this session.`,
    {
      suggestion: `Connect one with COMPOSIO_MANAGE_CONNECTIONS or session.authorize('${toolkit}').`,
    },
  );
}

function choiceRequired(toolkit: string, accounts: readonly Candidate[]): AppError {
  const listed = accounts.map(
    ({ id, wordId, alias, displayName, status }) =>
      `${id} (${[wordId, alias && `alias ${alias}`, displayName, status].filter(Boolean).join(', ')})`,
  );
  return new AppError(
    'account_choice_required',
    `Several ${toolkit} accounts are connected; name one: ${listed.join('; ')}.`,
    {
      suggestion: 'Pass its id, word id or alias as `account`.',
    },
  );
}
