import { Injectable } from '@nestjs/common';
import {
  AppError,
  deleteConnection,
  type Connection,
  type PermissionQuestion,
  type Session,
} from '@patchbay/contracts';
import { Bus } from '@patchbay/service';
import { MANAGE_CONNECTIONS, removalKey, RemovalConfirmations } from '../removal-confirmations/index.js';
import { OwnedAccountsService, SessionAccountsService } from '../toolkits/index.js';
import { connectionFields } from './describe-accounts.js';

/** A request to remove an account. */
export interface Removal {
  name: string;
  account_id?: string | undefined;
  confirmation?: string | undefined;
}
type Removed = Record<string, unknown> & { status: 'active' };

/** The removal of accounts by an agent, which a person has to confirm (see RemovalConfirmations). */
@Injectable()
export class AccountRemovals {
  constructor(
    private readonly bus: Bus,
    private readonly accounts: SessionAccountsService,
    private readonly owned: OwnedAccountsService,
    private readonly confirmations: RemovalConfirmations,
  ) {}

  /** What a person has to be asked about before such a call is made; without what the call will refuse. */
  async questions(session: Session, requests: readonly Removal[]): Promise<PermissionQuestion[]> {
    if (!session.config.manageConnections.connectionRemoval) return [];
    const found = await Promise.all(requests.map((request) => this.questionOf(session, request)));
    const questions = found.filter((question) => question !== undefined);
    return [...new Map(questions.map((question) => [question.key, question])).values()];
  }

  async remove(
    session: Session,
    toolkit: string,
    { account_id: named, confirmation }: Omit<Removal, 'name'>,
    allowed: readonly string[],
  ): Promise<Removed> {
    if (!session.config.manageConnections.connectionRemoval) {
      throw new AppError('forbidden', 'This session does not allow removing connections.');
    }
    const account = await this.owned.find(session, toolkit, named);
    const { id } = account;
    const ruling = this.confirmations.rulingOf(session, account);
    if (ruling === 'deny') {
      throw new AppError(
        'permission_denied',
        "The session's permissions do not allow removing this account.",
      );
    }
    if (ruling === 'ask' && !allowed.includes(removalKey(id))) {
      if (!confirmation) return this.requestConfirmation(session, account);
      await this.confirmations.confirm(session, account, confirmation);
    }
    await this.bus.request(deleteConnection, { projectId: session.projectId, id });
    const left = await this.accounts.usable(session, [toolkit]);
    return {
      status: 'active',
      has_active_connection: left.length > 0,
      connected_account_id: id,
      removed: true,
    };
  }

  private async requestConfirmation(session: Session, account: Connection): Promise<Removed> {
    return {
      status: 'active',
      has_active_connection: account.status === 'ACTIVE',
      ...connectionFields(account),
      removed: false,
      confirmation_required: true,
      confirmation: await this.confirmations.issue(session, account),
      instruction: `Nothing was removed. Ask the user whether their ${account.toolkit} account ${labelOf(account)} may be deleted for good. Only if they agree, make this request again within 10 minutes, with the confirmation.`,
    };
  }

  private async questionOf(session: Session, { name, account_id: named }: Removal) {
    try {
      const account = await this.owned.find(session, name.toLowerCase(), named);
      return this.confirmations.rulingOf(session, account) === 'ask' ? toQuestion(account) : undefined;
    } catch (error) {
      if (!(error instanceof AppError) || error.code === 'unavailable') throw error;
      return undefined;
    }
  }
}

function toQuestion(account: Connection): PermissionQuestion {
  const about = { toolSlug: MANAGE_CONNECTIONS, toolName: 'Delete the account for good' };
  const { id, toolkit: toolkitName } = account;
  return { key: removalKey(id), ...about, toolkitName, account: labelOf(account), once: false };
}

/** The name that the user knows, with the word id, which cannot be changed. */
function labelOf({ alias, displayName, wordId }: Connection): string {
  const name = alias ?? displayName;
  return name ? `${name.slice(0, 80)} (${wordId})` : wordId;
}
