import { Injectable } from '@nestjs/common';
import { AppError, type Connection, type ConnectionStatus, type Session } from '@patchbay/contracts';
import { SessionAccountsService } from './session-accounts.service.js';
import { SessionToolkitsService } from './session-toolkits.service.js';

/** Every status of an account. A sign-in that was never finished is no account yet. */
export const ACCOUNT_STATUSES: ConnectionStatus[] = ['ACTIVE', 'INACTIVE', 'EXPIRED', 'REVOKED'];

/** The accounts that a session's user may change. */
@Injectable()
export class OwnedAccountsService {
  constructor(
    private readonly accounts: SessionAccountsService,
    private readonly toolkits: SessionToolkitsService,
  ) {}

  /**
   * An account that the session can see and its user owns: one that another user shares is not theirs to change.
   * @param named by id, word id or alias
   * @throws AppError `account_not_usable`
   */
  async find(session: Session, toolkit: string, named: string | undefined): Promise<Connection> {
    await this.toolkits.requireInScope(session, toolkit);
    const accounts = await this.accounts.usable(session, [toolkit], ACCOUNT_STATUSES);
    const account = accounts.find(
      ({ id, wordId, alias, userId }) =>
        named !== undefined && userId === session.userId && [id, wordId, alias].includes(named),
    );
    if (account) return account;
    throw new AppError(
      'account_not_usable',
      `The user has no ${toolkit} account ${named ?? '(account_id is missing)'}.`,
      { suggestion: `The action list tells which ${toolkit} accounts there are.` },
    );
  }
}
