import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { AppError, mayUse, type Principal } from '@patchbay/contracts';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { contextOf } from '../http/request-hooks.js';
import { McpAdmission } from '../mcp-access/mcp-admission.service.js';
import { ACCESS, AREA, markFromSandbox, SANDBOX_ACCESS, type Access, type RouteArea } from './access.js';
import { PrincipalsService } from './principals.service.js';
import { SandboxKeys } from './sandbox-keys.service.js';

/** Every header that carries a credential (contract, README 2); one of them a request, never two. */
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

@Injectable()
export class AccessGuard implements CanActivate {
  constructor(
    private readonly principals: PrincipalsService,
    private readonly admission: McpAdmission,
    private readonly sandboxes: SandboxKeys,
    private readonly reflector: Reflector,
  ) {}

  async canActivate(execution: ExecutionContext): Promise<boolean> {
    // Events of the bus pass here as well; NATS itself decided who may send them.
    if (execution.getType() !== 'http') return true;
    const route = [execution.getHandler(), execution.getClass()];
    const access = this.reflector.getAllAndOverride<Access | undefined>(ACCESS, route);
    if (access === 'anyone') return true;
    if (!access) throw new Error('The route does not say who may use it');

    const request = execution.switchToHttp().getRequest<FastifyRequest>();
    const isOpenToSandbox = this.reflector.get<boolean | undefined>(SANDBOX_ACCESS, execution.getHandler());
    if (isOpenToSandbox && request.headers[SANDBOX_HEADER] !== undefined) return this.letSandboxIn(request);
    if (access === 'session') return this.letIntoSession(execution, request);
    await this.letKeyIn(execution, request, access);
    return true;
  }

  /** By an access token for it, or like the API. Who gets in by neither is told where to get a token. */
  private async letIntoSession(execution: ExecutionContext, request: FastifyRequest): Promise<boolean> {
    try {
      if (!(await this.admission.admit(request))) await this.letKeyIn(execution, request, 'project');
      return true;
    } catch (error) {
      if (error instanceof AppError && error.code === 'unauthenticated') {
        this.admission.challenge(request, execution.switchToHttp().getResponse<FastifyReply>());
      }
      throw error;
    }
  }

  private async letKeyIn(
    execution: ExecutionContext,
    request: FastifyRequest,
    wanted: keyof typeof HEADER_FOR,
  ): Promise<void> {
    const principal = await this.principals.verify(readKey(request, HEADER_FOR[wanted]));
    if (principal.kind !== wanted) {
      throw new AppError('unauthenticated', `This route wants the key of a ${wanted}.`);
    }
    if (principal.kind !== 'project') return;
    const { projectId, storePayloads } = principal;
    Object.assign(contextOf(request), { projectId, storePayloads });
    const route = [execution.getHandler(), execution.getClass()];
    requireArea(principal, request, this.reflector.getAllAndOverride<RouteArea | undefined>(AREA, route));
  }

  /** Into its own session and no other. */
  private async letSandboxIn(request: FastifyRequest): Promise<boolean> {
    const holder = await this.sandboxes.verify(readKey(request, SANDBOX_HEADER));
    const { sessionId } = request.params as { sessionId?: string };
    if (holder.sessionId !== sessionId) {
      throw new AppError('unauthenticated', 'The key is that of another session.');
    }
    const storePayloads = request.headers['x-workbench-payloads'] !== 'none';
    Object.assign(contextOf(request), { projectId: holder.projectId, storePayloads });
    const logId = request.headers['x-workbench-log-id'];
    markFromSandbox(request, {
      sandboxId: holder.sandboxId,
      parent: {
        logId: typeof logId === 'string' ? logId.slice(0, MAX_LOG_ID) : '',
        toolSlug: 'COMPOSIO_REMOTE_WORKBENCH',
      },
    });
    return true;
  }
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
    throw new AppError('unauthenticated', `One credential a request: both ${given.join(' and ')} were sent.`);
  }
  const key = request.headers[wanted];
  if (typeof key === 'string' && key !== '') return key;
  throw new AppError('unauthenticated', 'No API key was sent.', {
    suggestion: `Send the key in the header ${wanted}.`,
  });
}
