import { Injectable } from '@nestjs/common';
import { AppError, type KeyHolder } from '@patchbay/contracts';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ClientAddress, contextOf, isForeignPage } from '../http/index.js';
import {
  Attempts,
  ConcurrencyLimits,
  RateLimits,
  setRateLimitHeaders,
  type LimitName,
} from '../limits/index.js';
import { McpAuthentication } from '../mcp-access/index.js';
import { markFromSandbox, setAuthentication, type Access } from '../access/index.js';
import { ConsoleCookie } from './console-cookie.js';
import { ConsoleSessionsService } from './console-sessions.service.js';
import {
  hasCredentialHeader,
  hashed,
  HEADER_FOR,
  readKey,
  requireOwnHeader,
  SANDBOX_HEADER,
  USER_HEADER,
  type CredentialHeader,
} from './credential-headers.js';
import { PrincipalsService } from './principals.service.js';
import { ProjectScopes } from './project-scopes.service.js';
import { RefusalAudit } from './refusal-audit.service.js';
import { keyMayWrite, personMayWrite, requireFresh, requireRight, requireRole } from './rights.js';
import type { RouteAccess } from './route-access.js';
import { SandboxKeys } from './sandbox-keys.service.js';
import { UserKeysService } from './user-keys.service.js';

const MAX_LOG_ID = 100;

/** Lets a request into its route, or refuses it: by its credential, and by the limits that count it. */
@Injectable()
export class Admission {
  constructor(
    private readonly principals: PrincipalsService,
    private readonly userKeys: UserKeysService,
    private readonly consoleSessions: ConsoleSessionsService,
    private readonly cookie: ConsoleCookie,
    private readonly scopes: ProjectScopes,
    private readonly mcp: McpAuthentication,
    private readonly sandboxKeys: SandboxKeys,
    private readonly refusals: RefusalAudit,
    private readonly attempts: Attempts,
    private readonly limits: RateLimits,
    private readonly concurrency: ConcurrencyLimits,
    private readonly addresses: ClientAddress,
  ) {}

  /**
   * Writes into the request's context who acts, from where and for which project.
   * @throws AppError `unauthenticated`, `forbidden`, `rate_limited`, `unavailable`
   */
  async admit(route: RouteAccess, request: FastifyRequest, reply: FastifyReply): Promise<void> {
    const context = contextOf(request);
    context.address = this.addresses.of(request.raw);
    if (route.access === 'anyone') {
      context.actor = { kind: 'anonymous', keyId: null, name: null };
      if (route.limit !== 'nothing') await this.count(reply, route.limit ?? 'anonymous', context.address);
      return;
    }
    await this.authenticate(route, route.access, request, reply);
    const { projectId } = context;
    await this.count(reply, 'project', projectId ?? context.actor?.personId ?? 'organisation');
    if (projectId) this.concurrency.acquire(projectId, reply.raw);
  }

  private async count({ raw }: FastifyReply, limit: LimitName, key: string): Promise<void> {
    setRateLimitHeaders(raw, this.limits.windowMs, await this.limits.consume(limit, key));
  }

  private authenticate(
    route: RouteAccess,
    access: Exclude<Access, 'anyone'>,
    request: FastifyRequest,
    reply: FastifyReply,
  ): Promise<void> {
    if (route.isOpenToSandbox && request.headers[SANDBOX_HEADER] !== undefined)
      return this.authenticateSandbox(request);
    if (access === 'session') return this.authenticateForSession(route, request, reply);
    if (this.isPersons(access, request)) return this.authenticatePerson(route, request);
    return this.authenticateKey(route, request, access === 'organisation' ? 'organisation' : 'project');
  }

  private isPersons(access: Access, request: FastifyRequest): boolean {
    const isOfPeople = access === 'person' || access === 'console';
    return (
      isOfPeople || request.headers[USER_HEADER] !== undefined || this.sessionTokenOf(request) !== undefined
    );
  }

  private sessionTokenOf(request: FastifyRequest): string | undefined {
    return hasCredentialHeader(request) ? undefined : this.cookie.tokenOf(request);
  }

  /** Looks a credential up, throttled by address. */
  private lookUp<T>(
    request: FastifyRequest,
    header: CredentialHeader,
    find: (sha256: string) => Promise<T>,
  ): Promise<T> {
    const secret = readKey(request, header);
    requireOwnHeader(secret, header);
    // Sandboxes share the workbench's address and always have new keys: wrong keys of others must not throttle them.
    const address = `${header === SANDBOX_HEADER ? 'sandbox ' : ''}${this.addresses.of(request.raw)}`;
    return this.attempts.verify({ limit: 'failures', refusal: 'unauthenticated', address, secret }, find);
  }

  /** By an access token for the session, or by a key. A refusal says where to get a token. */
  private async authenticateForSession(
    route: RouteAccess,
    request: FastifyRequest,
    reply: FastifyReply,
  ): Promise<void> {
    try {
      if (await this.mcp.authenticate(request)) return;
      if (this.isPersons('session', request)) await this.authenticatePerson(route, request);
      else await this.authenticateKey(route, request, 'project');
    } catch (error) {
      if (error instanceof AppError && error.code === 'unauthenticated') this.mcp.challenge(request, reply);
      throw error;
    }
  }

  private async authenticateKey(
    { area }: RouteAccess,
    request: FastifyRequest,
    kind: keyof typeof HEADER_FOR,
  ): Promise<void> {
    const wanted = { kind, header: HEADER_FOR[kind], area };
    const principal = await this.lookUp(request, wanted.header, (sha256) =>
      this.principals.verifyHash(sha256),
    );
    const { keyId, name } = principal;
    Object.assign(contextOf(request), { actor: { kind: principal.kind, keyId, name } });
    const projectId = principal.kind === 'project' ? principal.projectId : null;
    this.recordRefusal(request, { keyId, projectId }, () => requireRight(principal, request, wanted));
    const recheck = async () => {
      const now = await this.principals.verify(readKey(request, wanted.header));
      requireRight(now, request, wanted);
    };
    const lookup = () => hashed('project_key', readKey(request, wanted.header));
    const mayWrite = principal.kind === 'project' && keyMayWrite(principal, area);
    setAuthentication(request, { keyId, mayWrite, lookup, recheck });
    if (principal.kind !== 'project') return;
    const { storePayloads } = principal;
    Object.assign(contextOf(request), { projectId, storePayloads });
  }

  /** By a person's key, or their session of the console, which do what their role allows where the request works. */
  private async authenticatePerson(route: RouteAccess, request: FastifyRequest): Promise<void> {
    const token = this.sessionTokenOf(request);
    const holder = await (token === undefined
      ? this.holderOfKey(route, request)
      : this.holderOfSession(route, request, token));
    const { keyId, person, expiresAt } = holder;
    const actor = { kind: 'person', keyId, name: person.email, personId: person.id } as const;
    Object.assign(contextOf(request), { actor });
    const scope = await this.scopeOf(route, request, holder);
    const projectId = scope?.projectId ?? null;
    this.recordRefusal(request, { keyId, projectId }, () =>
      requireRole(holder.person, scope, request, route),
    );
    if (route.needsFreshSignIn) requireFresh(holder);
    const recheck = async () => {
      const now = await (token === undefined
        ? this.userKeys.verify(readKey(request, USER_HEADER))
        : this.consoleSessions.verify(token));
      requireRole(now.person, await this.scopes.of(route, request, now), request, route);
    };
    const end = expiresAt === null ? undefined : Date.parse(expiresAt);
    const lookup = () =>
      token ? hashed('console_session', token) : hashed('user_key', readKey(request, USER_HEADER));
    const mayWrite = personMayWrite(scope, route.area);
    setAuthentication(request, { keyId, holder, mayWrite, expiresAt: end, lookup, recheck });
    if (scope) Object.assign(contextOf(request), { projectId, storePayloads: scope.storePayloads });
  }

  private async holderOfKey({ access }: RouteAccess, request: FastifyRequest): Promise<KeyHolder> {
    if (access === 'console') throw new AppError('unauthenticated', 'You are not signed in to the console.');
    return this.lookUp(request, USER_HEADER, (sha256) => this.userKeys.verifyHash(sha256));
  }

  /** Only where the console asks who is there, it has no CSRF token yet: it learns it by that. */
  private holderOfSession(
    { access }: RouteAccess,
    request: FastifyRequest,
    secret: string,
  ): Promise<KeyHolder> {
    const isFirst = access === 'console' && request.method === 'GET' && !isForeignPage(request);
    if (!isFirst) this.cookie.requireOwnPage(request, secret);
    return this.attempts.verify(
      { limit: 'failures', refusal: 'unauthenticated', address: this.addresses.of(request.raw), secret },
      (sha256) => this.consoleSessions.verifyHash(sha256),
    );
  }

  private async scopeOf(route: RouteAccess, request: FastifyRequest, holder: KeyHolder) {
    try {
      return await this.scopes.of(route, request, holder);
    } catch (error) {
      // Whoever asks for projects that are not theirs is a guesser too.
      if (error instanceof AppError && error.code === 'not_found')
        await this.limits.consume('failures', `${this.addresses.of(request.raw)} ${holder.keyId}`);
      throw error;
    }
  }

  /** Runs a check of a good key, and puts its refusal on the audit. */
  private recordRefusal(
    request: FastifyRequest,
    whose: { keyId: string; projectId: string | null },
    check: () => void,
  ): void {
    try {
      check();
    } catch (error) {
      if (error instanceof AppError) this.refusals.record(request, whose, error.message);
      throw error;
    }
  }

  /** A sandbox's key is for its own session only. */
  private async authenticateSandbox(request: FastifyRequest): Promise<void> {
    const holder = await this.lookUp(request, SANDBOX_HEADER, (sha256) =>
      this.sandboxKeys.verifyHash(sha256),
    );
    const { sessionId } = request.params as { sessionId?: string };
    if (holder.sessionId !== sessionId) {
      throw new AppError('unauthenticated', 'The key is that of another session.');
    }
    const storePayloads = request.headers['x-workbench-payloads'] !== 'none';
    const actor = { kind: 'sandbox', keyId: holder.sandboxId, name: null } as const;
    Object.assign(contextOf(request), { projectId: holder.projectId, storePayloads, actor });
    setAuthentication(request, {
      keyId: null,
      recheck: () => this.sandboxKeys.verify(readKey(request, SANDBOX_HEADER)),
    });
    const logId = request.headers['x-workbench-log-id'];
    markFromSandbox(request, {
      sandboxId: holder.sandboxId,
      parent: {
        logId: typeof logId === 'string' ? logId.slice(0, MAX_LOG_ID) : '',
        toolSlug: 'COMPOSIO_REMOTE_WORKBENCH',
      },
    });
  }
}
