import { Injectable } from '@nestjs/common';
import {
  AppError,
  createLink,
  getToolkit,
  listToolkits,
  pageOfList,
  prepareToolkit,
  type CallOf,
  type Connection,
  type InputOf,
  type Link,
  type linkToolkit,
  type listSessionToolkits,
  type OutputOf,
  type Session,
  type SessionToolkit,
  type Toolkit,
  toCallSession,
} from '@patchbay/contracts';
import { Bus } from '@patchbay/service';
import { SessionAccountsService } from './session-accounts.service.js';

/** The options of a link besides its session. */
type LinkOptions = Pick<InputOf<typeof linkToolkit>, 'toolkit'> &
  Partial<Pick<InputOf<typeof linkToolkit>, 'callbackUrl' | 'alias' | 'accountType' | 'accessList'>>;

const TOOLKITS_PER_REQUEST = 1000;

/** A session's toolkits as its user has connected them. */
@Injectable()
export class SessionToolkitsService {
  constructor(
    private readonly bus: Bus,
    private readonly accounts: SessionAccountsService,
  ) {}

  /** @param known the accounts of its user, where they were asked for already */
  async list(
    session: Session,
    input: Omit<InputOf<typeof listSessionToolkits>, 'projectId' | 'id'>,
    known?: readonly Connection[],
  ): Promise<OutputOf<typeof listSessionToolkits>> {
    const { scope } = toCallSession(session);
    const [toolkits, connections] = await Promise.all([
      this.toolkits({
        projectId: session.projectId,
        scope,
        slugs: input.toolkits,
        search: input.search,
        limit: TOOLKITS_PER_REQUEST,
      }),
      known ?? this.accounts.usable(session, input.toolkits),
    ]);
    const described = toolkits.map((toolkit) =>
      describe(
        toolkit,
        connections.find((connection) => connection.toolkit === toolkit.slug),
      ),
    );
    const kept = input.isConnected ? described.filter(({ connection }) => connection) : described;
    return pageOfList(kept, input);
  }

  /** All pages: with the project's own toolkits there may be more than one request lists. */
  private async toolkits(request: CallOf<typeof listToolkits>): Promise<Toolkit[]> {
    const found: Toolkit[] = [];
    let cursor: string | undefined;
    do {
      const { items, nextCursor } = await this.bus.request(listToolkits, { ...request, cursor });
      found.push(...items);
      cursor = nextCursor ?? undefined;
    } while (cursor);
    return found;
  }

  async link(session: Session, options: LinkOptions): Promise<Link> {
    const { toolkit, callbackUrl, ...rest } = options;
    await this.requireInScope(session, toolkit);
    const { config, projectId, userId } = session;
    if (config.connectedAccounts[toolkit]) {
      throw new AppError(
        'invalid_request',
        `This session has its account for ${toolkit} pinned; a new one would not be used.`,
        {
          issues: [`toolkit: ${toolkit} has a pinned account`],
        },
      );
    }
    await this.requireRoom(session, toolkit);
    await this.bus.request(prepareToolkit, { projectId, slug: toolkit });
    return this.bus.request(createLink, {
      projectId,
      userId,
      toolkit,
      ...rest,
      authConfigId: config.authConfigs[toolkit],
      accountLimit: config.multiAccount.enabled
        ? { most: config.multiAccount.maxAccountsPerToolkit, authConfigId: config.authConfigs[toolkit] }
        : undefined,
      callbackUrl: callbackUrl ?? config.manageConnections.callbackUrl,
      linkBaseUrl: config.linkUrlOverwrite,
      sessionId: session.id,
    });
  }

  /** @throws AppError `not_found` or `toolkit_not_allowed`, as for a call of one of its tools */
  async requireInScope(session: Session, toolkit: string): Promise<void> {
    const { projectId } = session;
    const { scope } = toCallSession(session);
    const { items } = await this.bus.request(listToolkits, { projectId, scope, slugs: [toolkit] });
    if (items.length > 0) return;
    await this.bus.request(getToolkit, { projectId, slug: toolkit });
    throw new AppError(
      'toolkit_not_allowed',
      `[Session Restriction] The toolkit ${toolkit} is not allowed in this session.`,
    );
  }

  private async requireRoom(session: Session, toolkit: string): Promise<void> {
    const { enabled, maxAccountsPerToolkit } = session.config.multiAccount;
    if (!enabled) return;
    const connected = await this.accounts.usable(session, [toolkit]);
    if (connected.length < maxAccountsPerToolkit) return;
    throw new AppError(
      'invalid_request',
      `The user has ${connected.length} accounts of ${toolkit} already, the most this session allows.`,
      {
        issues: [`toolkit: no more than ${maxAccountsPerToolkit} accounts`],
      },
    );
  }
}

function describe(toolkit: Toolkit, connection: Connection | undefined): SessionToolkit {
  const { slug, name, description, logo, auth, managedAuthSchemes } = toolkit;
  return {
    slug,
    name,
    description,
    logo,
    needsAccount: auth.length > 0,
    managedAuthSchemes,
    connection: connection ?? null,
  };
}
