import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { AppError, mayUse, type Principal } from '@patchbay/contracts';
import type { FastifyRequest } from 'fastify';
import { contextOf } from '../http/request-hooks.js';
import { ACCESS, AREA, type Access, type RouteArea } from './access.js';
import { PrincipalsService } from './principals.service.js';

/** Every header that carries a credential (contract, README 2); one of them a request, never two. */
const CREDENTIAL_HEADERS = ['x-api-key', 'x-org-api-key', 'x-user-api-key', 'x-consumer-api-key'] as const;
type CredentialHeader = (typeof CREDENTIAL_HEADERS)[number];

const HEADER_FOR: Record<Exclude<Access, 'anyone'>, CredentialHeader> = {
  project: 'x-api-key',
  organisation: 'x-org-api-key',
};

@Injectable()
export class AccessGuard implements CanActivate {
  constructor(
    private readonly principals: PrincipalsService,
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
    const principal = await this.principals.verify(readKey(request, HEADER_FOR[access]));
    if (principal.kind !== access)
      throw new AppError('unauthenticated', `This route wants the key of a ${access}.`);
    if (principal.kind === 'project') {
      const { projectId, storePayloads } = principal;
      Object.assign(contextOf(request), { projectId, storePayloads });
      requireArea(principal, request, this.reflector.getAllAndOverride<RouteArea | undefined>(AREA, route));
    }
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
