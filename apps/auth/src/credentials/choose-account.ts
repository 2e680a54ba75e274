import { AppError, type AccountRules, type AccountType, type ConnectionStatus } from '@patchbay/contracts';

/** The fields by which an account is chosen. */
export interface Candidate {
  id: string;
  wordId: string;
  alias: string | null;
  displayName: string | null;
  status: ConnectionStatus;
  /** The reason of the status, where the user has to act. */
  statusReason?: string | null;
  authConfigId: string;
  accountType: AccountType;
  connectedAt: Date | null;
}

/**
 * Which of the user's accounts of a toolkit a call uses (docs/api/connected-accounts.md#which-account-a-call-uses): the one the call
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
  if (!newest) throw noActiveConnection(toolkit, allowed);
  return newest;
}

/** By id, word id or alias. */
export function isNamed({ id, wordId, alias }: Candidate, name: string): boolean {
  return [id, wordId, alias].includes(name);
}

function findNamed<T extends Candidate>(toolkit: string, accounts: readonly T[], named: string): T {
  const found = accounts.find((account) => isNamed(account, named));
  if (found) return found;
  // The same error whether it does not exist or is another user's.
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
    `The account ${account.wordId} of ${toolkit} is ${stateOf(account)}, not ACTIVE.`,
    { suggestion: suggestionFor(toolkit, account) },
  );
}

/** Names the last account with its status, so that the caller learns why a new sign-in is needed. */
function noActiveConnection(toolkit: string, others: readonly Candidate[]): AppError {
  const [last] = others.toSorted((a, b) => (b.connectedAt?.getTime() ?? 0) - (a.connectedAt?.getTime() ?? 0));
  const was = last ? ` The account ${last.wordId} is ${stateOf(last)}.` : '';
  return new AppError(
    'no_active_connection',
    `No active connection found for toolkit(s) ${toolkit} in this session.${was}`,
    {
      suggestion: last
        ? suggestionFor(toolkit, last)
        : `Connect one with COMPOSIO_MANAGE_CONNECTIONS or session.authorize('${toolkit}').`,
    },
  );
}

function stateOf({ status, statusReason }: Candidate): string {
  return statusReason ? `${status} (${statusReason})` : status;
}

/** A disabled account is enabled by the project's administrator; for others the user signs in again. */
function suggestionFor(toolkit: string, { status }: Candidate): string {
  const connects = `COMPOSIO_MANAGE_CONNECTIONS or session.authorize('${toolkit}')`;
  if (status === 'INACTIVE') {
    return `An administrator of the project has to enable the account or its auth config again; another one is connected with ${connects}.`;
  }
  return `Connect it again with ${connects}.`;
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
