import { accountBody, accountTypeBody, type Connection, type ConnectionDetail } from '@patchbay/contracts';
import type { z } from 'zod';
import type { ConnectedAccountAnswer } from './connected-account.answer.js';

/** An account as docs/api/connected-accounts.md#an-account has it. Its secrets were masked by `auth` already. */
export function presentConnectedAccount(
  connection: ConnectionDetail,
): z.output<typeof ConnectedAccountAnswer> {
  return accountBody(connection);
}

export function presentAccountType(connection: Connection) {
  return accountTypeBody(connection);
}
