import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Admission } from './admission.service.js';
import { routeAccessOf } from './route-access.js';

/** Admission to the routes that Nest serves. */
@Injectable()
export class AuthenticationGuard implements CanActivate {
  constructor(private readonly admission: Admission) {}

  async canActivate(execution: ExecutionContext): Promise<boolean> {
    // Events of the bus pass this guard as well; NATS permissions have decided who may send them.
    if (execution.getType() !== 'http') return true;
    const route = routeAccessOf(execution.getClass(), execution.getHandler() as () => unknown);
    const http = execution.switchToHttp();
    await this.admission.admit(route, http.getRequest<FastifyRequest>(), http.getResponse<FastifyReply>());
    return true;
  }
}
