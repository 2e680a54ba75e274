import { Injectable } from '@nestjs/common';
import {
  listConnections,
  mayUseAccount,
  type Connection,
  type ConnectionStatus,
  type Session,
} from '@patchbay/contracts';
import { Bus, EventCache, NatsClient } from '@patchbay/service';

const MAX_CONNECTIONS = 1000;
/** A user has a few accounts of half a kilobyte each. */
const CACHE = { max: 10_000, ttlMs: 30_000 };

/** The accounts that a session may use (docs/api/connected-accounts.md#which-account-a-call-uses). `auth` decides for the call itself. */
@Injectable()
export class SessionAccountsService {
  /** The ACTIVE ones of a user, by project and user. */
  private readonly own: EventCache<Connection[]>;
  /** SHARED ones that sessions have pinned, by project and id; none when it is not ACTIVE. */
  private readonly shared: EventCache<Connection[]>;

  constructor(
    private readonly bus: Bus,
    nats: NatsClient,
  ) {
    this.own = new EventCache(nats, {
      ...CACHE,
      load: (key) => this.ownOf(...parts(key), undefined, ['ACTIVE']),
    });
    this.shared = new EventCache(nats, {
      ...CACHE,
      load: (key) => {
        const [projectId, id] = parts(key);
        return this.sharedAmong(projectId, [id], ['ACTIVE']);
      },
    });
  }

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
      this.ownOf(projectId, userId, toolkits, statuses),
      pinned.length > 0 ? this.sharedAmong(projectId, pinned, statuses) : [],
    ]);
    return usableOf(session, own, shared);
  }

  /** The ACTIVE ones of `usable`, from memory: a search asks no other service for them. */
  async connected(session: Session): Promise<Connection[]> {
    const { projectId, userId, config } = session;
    const pinned = [...new Set(Object.values(config.connectedAccounts).flat())];
    const [own, ...shared] = await Promise.all([
      this.own.get(keyOf(projectId, userId)),
      ...pinned.map((id) => this.shared.get(keyOf(projectId, id))),
    ]);
    return usableOf(session, own, shared.flat());
  }

  /** An account has changed, or is gone. */
  forget(projectId: string, { connectionId, userId }: { connectionId: string; userId: string }): void {
    this.own.drop(keyOf(projectId, userId));
    this.shared.drop(keyOf(projectId, connectionId));
  }

  private async ownOf(
    projectId: string,
    userId: string,
    toolkits: string[] | undefined,
    statuses: ConnectionStatus[],
  ): Promise<Connection[]> {
    const { items } = await this.bus.request(listConnections, {
      projectId,
      userIds: [userId],
      toolkits,
      statuses,
      withState: false,
      limit: MAX_CONNECTIONS,
    });
    return items;
  }

  private async sharedAmong(
    projectId: string,
    ids: string[],
    statuses: ConnectionStatus[],
  ): Promise<Connection[]> {
    const { items } = await this.bus.request(listConnections, {
      projectId,
      ids,
      accountType: 'SHARED',
      statuses,
      withState: false,
      limit: MAX_CONNECTIONS,
    });
    return items;
  }
}

function keyOf(projectId: string, id: string): string {
  return `${projectId} ${id}`;
}

/** A project's id has no blank, a user's may. */
function parts(key: string): [projectId: string, id: string] {
  const end = key.indexOf(' ');
  return [key.slice(0, end), key.slice(end + 1)];
}

function usableOf(session: Session, own: readonly Connection[], shared: readonly Connection[]): Connection[] {
  return [...own, ...shared.filter((account) => mayUseAccount(account, session.userId))]
    .filter((account) => isUsable(session, account))
    .toSorted((a, b) => (b.connectedAt ?? '').localeCompare(a.connectedAt ?? ''));
}

/** A pin is exact; without one the session may have chosen the auth config, and a shared account is never meant. */
function isUsable({ config }: Session, { id, toolkit, accountType, authConfig }: Connection): boolean {
  const pinned = config.connectedAccounts[toolkit];
  if (pinned) return pinned.includes(id);
  const chosen = config.authConfigs[toolkit];
  return accountType === 'PRIVATE' && (!chosen || authConfig.id === chosen);
}
