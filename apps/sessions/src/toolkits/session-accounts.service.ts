import { Injectable } from '@nestjs/common';
import {
  listConnections,
  mayUseAccount,
  type Connection,
  type ConnectionStatus,
  type Session,
} from '@patchbay/contracts';
import { Bus } from '@patchbay/service';

const MAX_CONNECTIONS = 1000;

/** The accounts that a session may use (docs/api/connected-accounts.md#which-account-a-call-uses). `auth` decides for the call itself. */
@Injectable()
export class SessionAccountsService {
  constructor(private readonly bus: Bus) {}

  /** Connected last first: the first ACTIVE one of a toolkit is the one a call uses when it names none. */
  async usable(
    session: Session,
    toolkits: string[] | undefined,
    statuses: ConnectionStatus[] = ['ACTIVE'],
  ): Promise<Connection[]> {
    const { projectId, userId, config } = session;
    const pinned = Object.entries(config.connectedAccounts)
      .filter(([toolkit]) => !toolkits || toolkits.includes(toolkit))
      .flatMap(([, ids]) => ids);
    const [own, shared] = await Promise.all([
      this.bus.request(listConnections, {
        projectId,
        userIds: [userId],
        toolkits,
        statuses,
        limit: MAX_CONNECTIONS,
      }),
      pinned.length > 0
        ? this.bus.request(listConnections, {
            projectId,
            ids: pinned,
            accountType: 'SHARED',
            statuses,
            limit: MAX_CONNECTIONS,
          })
        : { items: [] },
    ]);
    return [...own.items, ...shared.items.filter((account) => mayUseAccount(account, userId))]
      .filter((account) => isUsable(session, account))
      .toSorted((a, b) => (b.connectedAt ?? '').localeCompare(a.connectedAt ?? ''));
  }
}

/** A pin is exact; without one the session may have chosen the auth config, and a shared account is never meant. */
function isUsable({ config }: Session, { id, toolkit, accountType, authConfig }: Connection): boolean {
  const pinned = config.connectedAccounts[toolkit];
  if (pinned) return pinned.includes(id);
  const chosen = config.authConfigs[toolkit];
  return accountType === 'PRIVATE' && (!chosen || authConfig.id === chosen);
}
