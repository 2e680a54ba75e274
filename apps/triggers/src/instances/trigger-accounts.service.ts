import { Injectable } from '@nestjs/common';
import {
  AppError,
  chooseCredential,
  getAuthConfig,
  getConnection,
  mayUseAccount,
  type ConnectionDetail,
  type TriggerType,
} from '@patchbay/contracts';
import { Bus } from '@patchbay/service';

/** Whose account an instance is made for: what of the request says so. */
export interface WantedAccount {
  projectId: string;
  userId?: string | undefined;
  connectionId?: string | undefined;
}

/** The account that an instance is for, and the user who is told as its own. */
export interface TriggerAccount {
  connectionId: string;
  userId: string;
  authConfigId: string;
}

/** Which account an instance is made for: the one that is named, or the user's that a tool call would use. */
@Injectable()
export class TriggerAccounts {
  constructor(private readonly bus: Bus) {}

  /** @throws AppError `invalid_request`, `connection_not_found`, `no_active_connection`, `tool_not_allowed` */
  async choose(wanted: WantedAccount, type: TriggerType): Promise<TriggerAccount> {
    const connection = wanted.connectionId
      ? await this.named(wanted, wanted.connectionId, type)
      : await this.usual(wanted, type);
    return {
      connectionId: connection.id,
      userId: wanted.userId ?? connection.userId,
      authConfigId: connection.authConfig.id,
    };
  }

  /** @throws AppError `no_active_connection` */
  async requireActive(projectId: string, id: string): Promise<void> {
    requireActive(await this.bus.request(getConnection, { projectId, id }));
  }

  /** The OAuth app of an auth config; null where it is the operator's. */
  async clientIdOf(projectId: string, authConfigId: string): Promise<string | null> {
    const { credentials } = await this.bus.request(getAuthConfig, { projectId, id: authConfigId });
    return credentials['client_id'] ?? null;
  }

  private async named(
    { projectId, userId }: WantedAccount,
    id: string,
    { slug, toolkit }: TriggerType,
  ): Promise<ConnectionDetail> {
    const connection = await this.bus.request(getConnection, { projectId, id });
    // The same as for one that there is not: nobody learns of other users' accounts.
    if (userId !== undefined && !mayUseAccount(connection, userId)) throw noSuchAccount(id);
    if (connection.toolkit !== toolkit.slug) {
      throw new AppError('invalid_request', `The account ${id} is one of ${connection.toolkit}.`, {
        issues: [`connected_account_id: ${slug} needs an account of ${toolkit.slug}`],
      });
    }
    requireActive(connection);
    return connection;
  }

  private async usual({ projectId, userId }: WantedAccount, type: TriggerType): Promise<ConnectionDetail> {
    if (userId === undefined) {
      throw new AppError('invalid_request', 'For whose account?', {
        issues: ['connected_account_id: is required when there is no user_id'],
      });
    }
    const { connectionId: id } = await this.bus
      .request(chooseCredential, {
        projectId,
        userId,
        toolkit: type.toolkit.slug,
        address: '',
        toolSlug: type.slug,
        rules: { requireChoice: false },
      })
      .catch((error: unknown) => {
        throw outsideOfSessions(error, userId, type);
      });
    return this.bus.request(getConnection, { projectId, id });
  }
}

/** What `auth` says of a missing account is said of sessions. */
function outsideOfSessions(error: unknown, userId: string, { toolkit }: TriggerType): unknown {
  if (!(error instanceof AppError) || error.code !== 'no_active_connection') return error;
  return new AppError(
    'no_active_connection',
    `The user ${userId} has no active account of ${toolkit.slug}.`,
    {
      suggestion: 'They connect one by a link of POST /connected_accounts/link.',
    },
  );
}

function noSuchAccount(id: string): AppError {
  return new AppError('connection_not_found', `There is no connected account ${id}.`);
}

function requireActive({ id, status, statusReason, toolkit }: ConnectionDetail): void {
  if (status === 'ACTIVE') return;
  const why = statusReason ? ` (${statusReason})` : '';
  throw new AppError('no_active_connection', `The account ${id} is ${status}${why}, not ACTIVE.`, {
    suggestion: `Its user connects ${toolkit} again, or it is enabled again.`,
  });
}
