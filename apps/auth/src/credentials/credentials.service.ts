import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import {
  AppError,
  mayUseAccount,
  type chooseCredential,
  type ErrorCode,
  type InputOf,
  type openCredential,
  type OpenedCredential,
  type OutputOf,
} from '@patchbay/contracts';
import { EventCache, NatsClient } from '@patchbay/service';
import type { AuthSpec } from '@patchbay/toolkits';
import { In, type Repository } from 'typeorm';
import { Connection, CredentialVault } from '../accounts/index.js';
import {
  covers,
  type Credential,
  expiryOf,
  fingerprintOf,
  isAppsAlone,
  movedFrom,
  originOf,
  partFor,
  partOf,
} from '../schemes/index.js';
import { ToolkitRegistry } from '../toolkits/index.js';
import { chooseAccount, isNamed, requireActive } from './choose-account.js';
import { ConnectorService } from './connector.service.js';
import { RefreshService } from './refresh.service.js';

/** Who uses which toolkit: what a remembered list of accounts is for. */
interface AccountsKey {
  projectId: string;
  userId: string;
  toolkit: string;
}

/** Errors of a refresh after which the account stays ACTIVE. */
const NOT_REFRESHED = new Set<string>(['unavailable', 'credential_refused'] satisfies ErrorCode[]);

const CACHE = { max: 20_000, ttlMs: 30_000 };

@Injectable()
export class CredentialsService {
  /** Rows as they lie in the table, sealed: nothing opened is ever remembered. */
  private readonly accounts: EventCache<Connection[]>;
  private readonly pinned: EventCache<Connection>;

  constructor(
    @InjectRepository(Connection) private readonly connections: Repository<Connection>,
    private readonly connector: ConnectorService,
    private readonly refreshes: RefreshService,
    private readonly toolkits: ToolkitRegistry,
    private readonly vault: CredentialVault,
    nats: NatsClient,
  ) {
    this.accounts = new EventCache(nats, {
      ...CACHE,
      load: (key) => this.load(JSON.parse(key) as AccountsKey),
    });
    this.pinned = new EventCache(nats, { ...CACHE, load: (id) => this.loadPinned(id) });
  }

  async open(input: InputOf<typeof openCredential>): Promise<OpenedCredential> {
    let row = await this.rowFor(input);

    const whole = this.openSealed(row);
    if (input.token === 'user' && isAppsAlone(whole)) throw needsOwnToken(row, input.toolSlug);
    const part = partFor(whole, input.token);
    let credential = partOf(whole, part);
    const canRefresh = this.connector.canRefresh(row.authConfig, credential);
    let fingerprint = fingerprintOf(credential);
    const wasRejected = input.rejected === fingerprint;
    if (wasRejected && credential.kind !== 'tokens') throw refusedByProvider(row);
    if (wasRejected || this.refreshes.isDue(credential, canRefresh)) {
      ({ row, credential } = await this.refreshes
        .refresh(row.id, fingerprint, part)
        .catch((error: unknown) => {
          // Due but not expired: while the provider does not refresh it, the old one is used.
          const isGood = !wasRejected && (expiryOf(credential)?.getTime() ?? 0) > Date.now();
          if (isGood && error instanceof AppError && NOT_REFRESHED.has(error.code))
            return { row, credential };
          throw error;
        }));
      fingerprint = fingerprintOf(credential);
      // The event will do the same a moment later; the next call to this replica must not wait for it.
      const { id: connectionId, projectId, userId, toolkit } = row;
      this.forget({ projectId, userId, toolkit, connectionId });
    }
    return {
      connectionId: row.id,
      authConfigId: row.authConfig.id,
      fingerprint,
      ...(input.appSecret && this.connector.appSecret(row)),
      ...this.connector.placed(row, credential),
    };
  }

  /** The account that `open` would open. */
  async choose(input: InputOf<typeof chooseCredential>): Promise<OutputOf<typeof chooseCredential>> {
    const { id, alias, displayName, wordId } = await this.rowFor(input);
    const name = alias ?? displayName;
    return { connectionId: id, label: name ? `${name.slice(0, 80)} (${wordId})` : wordId };
  }

  private async rowFor(input: InputOf<typeof chooseCredential>): Promise<Connection> {
    const row = await this.chosen(input);
    requireToolAllowed(row, input.toolSlug);
    requireAddress(row, this.toolkits.specFor(row), input.address);
    return row;
  }

  /** A refusal never rests on memory: the account may have been connected a moment ago, through another replica. */
  private async chosen(input: InputOf<typeof chooseCredential>): Promise<Connection> {
    try {
      return await this.chooseRemembered(input);
    } catch (error) {
      if (!(error instanceof AppError) || error.code === 'unavailable') throw error;
      this.accounts.drop(cacheKey(input));
      for (const id of [...(input.rules.pinned ?? []), input.account ?? '']) this.pinned.drop(id);
      return this.chooseRemembered(input);
    }
  }

  private async chooseRemembered(input: InputOf<typeof chooseCredential>): Promise<Connection> {
    const { toolkit, rules, account } = input;
    const own = await this.accounts.get(cacheKey(input));
    if (rules.direct && account) {
      const named = own.find((row) => isNamed(row, account));
      return requireActive(toolkit, named ?? (await this.othersNamed(account, input)));
    }
    const shared = await this.sharedAmong(rules.pinned ?? [], own, input);
    return chooseAccount(toolkit, [...own, ...shared], rules, account);
  }

  forget({ projectId, userId, toolkit, connectionId }: AccountsKey & { connectionId: string }): void {
    this.accounts.drop(cacheKey({ projectId, userId, toolkit }));
    this.pinned.drop(connectionId);
  }

  private openSealed(row: Connection): Credential {
    const credential = this.vault.open(row);
    if (!credential) throw new Error(`The account ${row.id} is ACTIVE without a credential`);
    return credential;
  }

  /** Another user's account, which a developer names: it must be shared with the one of the call. */
  private async othersNamed(id: string, { projectId, userId, toolkit }: AccountsKey): Promise<Connection> {
    const row = await this.pinned.get(id).catch(() => undefined);
    if (!row || row.projectId !== projectId || row.toolkit !== toolkit) {
      throw new AppError('account_not_usable', `There is no ${toolkit} account ${id} in this project.`, {
        suggestion: 'Leave connected_account_id out to use the newest account of the user.',
      });
    }
    if (row.accountType === 'PRIVATE') {
      throw new AppError('account_of_another_user', `The account ${id} is not one of the user ${userId}.`, {
        suggestion: 'Pass the user_id that the account was connected for.',
      });
    }
    if (mayUseAccount(row, userId)) return row;
    throw new AppError('account_not_shared', `The account ${id} is not shared with the user ${userId}.`);
  }

  /** Pinned accounts of other users, as far as they are shared with this one. */
  private async sharedAmong(
    pinned: readonly string[],
    own: readonly Connection[],
    { projectId, userId, toolkit }: AccountsKey,
  ): Promise<Connection[]> {
    const others = pinned.filter((id) => !own.some((row) => row.id === id));
    const rows = await Promise.all(others.map((id) => this.pinned.get(id).catch(() => undefined)));
    return rows.filter(
      (row) =>
        row !== undefined &&
        row.projectId === projectId &&
        row.toolkit === toolkit &&
        mayUseAccount(row, userId),
    ) as Connection[];
  }

  private load({ projectId, userId, toolkit }: AccountsKey): Promise<Connection[]> {
    return this.connections.find({
      // A sign-in that was never finished is nothing a call could name.
      where: { projectId, userId, toolkit, status: In(['ACTIVE', 'INACTIVE', 'EXPIRED', 'REVOKED']) },
      relations: { authConfig: true },
    });
  }

  private loadPinned(id: string): Promise<Connection> {
    return this.connections.findOneOrFail({ where: { id }, relations: { authConfig: true } });
  }
}

function requireToolAllowed({ authConfig }: Connection, toolSlug: string): void {
  const { allowedTools } = authConfig.settings;
  if (!allowedTools || allowedTools.includes(toolSlug)) return;
  throw new AppError(
    'tool_not_allowed',
    `The auth config ${authConfig.id} does not allow ${toolSlug} on its accounts.`,
  );
}

/** A session keeps the toolkit that it began with, which may have been elsewhere then. */
function requireAddress({ boundTo, wordId }: Connection, { baseUrl }: AuthSpec, address: string): void {
  const origin = originOf(baseUrl ?? address);
  if (origin && !covers(boundTo, [origin])) throw movedFrom(`The account ${wordId}`, boundTo, [origin]);
}

function cacheKey({ projectId, userId, toolkit }: AccountsKey): string {
  return JSON.stringify({ projectId, userId, toolkit });
}

/** Such as Slack's search, which no bot may use; the provider's error would only name the type of the token. */
function needsOwnToken({ toolkit, wordId, authConfig }: Connection, toolSlug: string): AppError {
  return new AppError(
    'account_not_usable',
    `${toolSlug} runs with a person's own token, and the account ${wordId} has only the app's.`,
    {
      suggestion: `An administrator of the project has to add the tool's scopes to the user_scopes of the auth config ${authConfig.id}; then the user connects ${toolkit} again.`,
    },
  );
}

/** A key that is not accepted now may be accepted later: the account stays ACTIVE. */
function refusedByProvider({ toolkit, wordId }: Connection): AppError {
  return new AppError('credential_refused', `The credential of ${wordId} cannot be refreshed.`, {
    suggestion: `If it stays so, the user connects ${toolkit} again: COMPOSIO_MANAGE_CONNECTIONS or session.authorize makes a link.`,
  });
}
