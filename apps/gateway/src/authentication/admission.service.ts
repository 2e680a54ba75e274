import { Injectable } from '@nestjs/common';
import { AppError, type KeyHolder, type Principal } from '@patchbay/contracts';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ClientAddress, contextOf } from '../http/index.js';
import {
  Attempts,
  ConcurrencyLimits,
  RateLimits,
  setRateLimitHeaders,
  type LimitName,
} from '../limits/index.js';
import { McpAuthentication } from '../mcp-access/index.js';
import { markFromSandbox, setAuthentication, type Access } from '../access/index.js';
import { PrincipalsService } from './principals.service.js';
import { ProjectScopes } from './project-scopes.service.js';
import { RefusalAudit } from './refusal-audit.service.js';
import { requireRight, requireRole } from './rights.js';
import type { RouteAccess } from './route-access.js';
import { SandboxKeys } from './sandbox-keys.service.js';
import { UserKeysService } from './user-keys.service.js';

/** Every header that carries a credential (docs/api/keys.md#headers-with-a-credential); a request has one of them. */
const USER_HEADER = 'x-user-api-key';
const SANDBOX_HEADER = 'x-workbench-access-key';
const CREDENTIAL_HEADERS = [
  'x-api-key',
  'x-org-api-key',
  USER_HEADER,
  'x-consumer-api-key',
  SANDBOX_HEADER,
] as const;
type CredentialHeader = (typeof CREDENTIAL_HEADERS)[number];

const HEADER_FOR: Record<Principal['kind'], CredentialHeader> = {
  project: 'x-api-key',
  organisation: 'x-org-api-key',
};

const MAX_LOG_ID = 100;

/** Lets a request into its route, or refuses it: by its credential, and by the limits that count it. */
@Injectable()
export class Admission {
  constructor(
    private readonly principals: PrincipalsService,
    private readonly userKeys: UserKeysService,
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
    if (access === 'person' || request.headers[USER_HEADER] !== undefined)
      return this.authenticatePerson(route, request);
    return this.authenticateKey(route, request, access === 'organisation' ? 'organisation' : 'project');
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
      if (request.headers[USER_HEADER] === undefined) await this.authenticateKey(route, request, 'project');
      else await this.authenticatePerson(route, request);
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
    setAuthentication(request, { keyId, recheck });
    if (principal.kind !== 'project') return;
    const { storePayloads } = principal;
    Object.assign(contextOf(request), { projectId, storePayloads });
  }

  /** By a person's key, which does what their role allows where the request works. */
  private async authenticatePerson(route: RouteAccess, request: FastifyRequest): Promise<void> {
    const holder = await this.lookUp(request, USER_HEADER, (sha256) => this.userKeys.verifyHash(sha256));
    const { keyId, person, expiresAt } = holder;
    const actor = { kind: 'person', keyId, name: person.email, personId: person.id } as const;
    Object.assign(contextOf(request), { actor });
    const scope = await this.scopeOf(route, request, holder);
    const projectId = scope?.projectId ?? null;
    this.recordRefusal(request, { keyId, projectId }, () =>
      requireRole(holder.person, scope, request, route),
    );
    const recheck = async () => {
      const now = await this.userKeys.verify(readKey(request, USER_HEADER));
      requireRole(now.person, await this.scopes.of(route, request, now), request, route);
    };
    const end = expiresAt === null ? undefined : Date.parse(expiresAt);
    setAuthentication(request, { keyId, holder, expiresAt: end, recheck });
    if (scope) Object.assign(contextOf(request), { projectId, storePayloads: scope.storePayloads });
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

/**
 * Only a person's keys begin like this, so that one which is good is never looked up, and remembered as refused, among the
 * keys of another kind.
 * @throws AppError `unauthenticated`
 */
function requireOwnHeader(key: string, header: CredentialHeader): void {
  const isPersons = key.startsWith('uak_');
  if (isPersons === (header === USER_HEADER)) return;
  throw new AppError(
    'unauthenticated',
    isPersons ? `A user key was sent as ${header}.` : `What was sent as ${USER_HEADER} is no user key.`,
    {
      suggestion: `A user key begins with uak_. Send it as ${USER_HEADER}, with x-org-id and x-project-id to say in which project.`,
    },
  );
}

function readKey(request: FastifyRequest, wanted: CredentialHeader): string {
  const given = CREDENTIAL_HEADERS.filter((name) => request.headers[name] !== undefined);
  if (given.length > 1) {
    throw new AppError(
      'unauthenticated',
      `Send one credential with a request: both ${given.join(' and ')} were sent.`,
    );
  }
  const key = request.headers[wanted];
  if (typeof key === 'string' && key !== '') return key;
  throw new AppError('unauthenticated', 'No API key was sent.', {
    suggestion: `Send the key in the header ${wanted}.`,
  });
}
