import type { Connection } from '@patchbay/contracts';

/** Accounts of a toolkit as models see them, given connected last first: the first active one is the default. */
export function describeAccounts(accounts: readonly Connection[]) {
  const standard = accounts.find(({ status }) => status === 'ACTIVE');
  return accounts.map((account) => ({
    id: account.id,
    word_id: account.wordId,
    ...(account.alias && { alias: account.alias }),
    ...(account.displayName && { user_info: { name: account.displayName } }),
    status: account.status.toLowerCase(),
    created_at: account.createdAt,
    is_default: account === standard,
    account_type: account.accountType,
  }));
}

/** The one account that a toolkit is connected with. */
export function connectionFields({ id, authConfig, createdAt, displayName, accountType }: Connection) {
  return {
    connected_account_id: id,
    auth_config_id: authConfig.id,
    created_at: createdAt,
    account_type: accountType,
    ...(displayName && { current_user_info: { name: displayName } }),
  };
}
