import { Injectable } from '@nestjs/common';
import { AppError, mayUse, type Principal } from '@patchbay/contracts';
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
import { markFromSandbox, setAuthentication, type Access, type RouteArea } from '../access/index.js';
import { PrincipalsService } from './principals.service.js';
import { RefusalAudit } from './refusal-audit.service.js';
import type { RouteAccess } from './route-access.js';
import { SandboxKeys } from './sandbox-keys.service.js';

/** Every header that carries a credential (docs/api/keys.md#headers-with-a-credential); a request has one of them. */
const SANDBOX_HEADER = 'x-workbench-access-key';
const CREDENTIAL_HEADERS = [
  'x-api-key',
  'x-org-api-key',
  'x-user-api-key',
  'x-consumer-api-key',
  SANDBOX_HEADER,
] as const;
type CredentialHeader = (typeof CREDENTIAL_HEADERS)[number];

const HEADER_FOR: Record<Exclude<Access, 'anyone' | 'session'>, CredentialHeader> = {
  project: 'x-api-key',
  organisation: 'x-org-api-key',
};

const MAX_LOG_ID = 100;

/** Lets a request into its route, or refuses it: by its credential, and by the limits that count it. */
@Injectable()
export class Admission {
  constructor(
    private readonly principals: PrincipalsService,
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
    await this.count(reply, 'project', projectId ?? 'organisation');
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
    return this.authenticateKey(route, request, access);
  }

  /** Looks a credential up, throttled by address. */
  private lookUp<T>(
    request: FastifyRequest,
    header: CredentialHeader,
    find: (sha256: string) => Promise<T>,
  ): Promise<T> {
    const secret = readKey(request, header);
    // Sandboxes share the workbench's address and always have new keys: wrong keys of others must not throttle them.
    const address = `${header === SANDBOX_HEADER ? 'sandbox ' : ''}${this.addresses.of(request.raw)}`;
    return this.attempts.verify({ limit: 'failures', refusal: 'unauthenticated', address, secret }, find);
  }

  /** By an access token for the session, or by a project's key. A refusal says where to get a token. */
  private async authenticateForSession(
    route: RouteAccess,
    request: FastifyRequest,
    reply: FastifyReply,
  ): Promise<void> {
    try {
      if (!(await this.mcp.authenticate(request))) await this.authenticateKey(route, request, 'project');
    } catch (error) {
      if (error instanceof AppError && error.code === 'unauthenticated') this.mcp.challenge(request, reply);
      throw error;
    }
  }

  private async authenticateKey(
    { area }: RouteAccess,
    request: FastifyRequest,
    wanted: keyof typeof HEADER_FOR,
  ): Promise<void> {
    const principal = await this.lookUp(request, HEADER_FOR[wanted], (sha256) =>
      this.principals.verifyHash(sha256),
    );
    const { kind, keyId, name } = principal;
    Object.assign(contextOf(request), { actor: { kind, keyId, name } });
    try {
      requireRight(principal, request, wanted, area);
    } catch (error) {
      if (error instanceof AppError) this.refusals.record(request, principal, error.message);
      throw error;
    }
    const recheck = async () => {
      const now = await this.principals.verify(readKey(request, HEADER_FOR[wanted]));
      requireRight(now, request, wanted, area);
    };
    setAuthentication(request, { keyId, recheck });
    if (principal.kind !== 'project') return;
    const { projectId, storePayloads } = principal;
    Object.assign(contextOf(request), { projectId, storePayloads });
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

/** @throws AppError `unauthenticated` for a key of another kind, `forbidden` for one without the right */
function requireRight(
  principal: Principal,
  request: FastifyRequest,
  wanted: Principal['kind'],
  area: RouteArea | undefined,
): void {
  if (principal.kind !== wanted) {
    throw new AppError('unauthenticated', `This route needs the API key of a ${wanted}.`, {
      suggestion: `Send it as ${HEADER_FOR[wanted]}.`,
    });
  }
  if (principal.kind === 'project') requireArea(principal, request, area);
}

function requireArea(
  { areas }: Extract<Principal, { kind: 'project' }>,
  request: FastifyRequest,
  route: RouteArea = { area: 'whole_project' },
): void {
  if (!areas) return;
  const { area } = route;
  const { method } = request;
  const wanted = route.level ?? (method === 'GET' || method === 'HEAD' ? 'read' : 'write');
  if (area !== 'whole_project' && mayUse(areas, area, wanted)) return;
  const held = area === 'whole_project' ? undefined : (areas[area] ?? 'none');
  throw new AppError(
    'forbidden',
    held
      ? `${method} ${request.routeOptions.url} needs ${wanted} of ${area}; this API key has ${held}.`
      : `${method} ${request.routeOptions.url} needs a key of the whole project; this API key is a scoped one.`,
    { suggestion: 'The organisation’s key makes keys with other areas.' },
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
