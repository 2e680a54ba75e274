import {
  HttpException,
  HttpStatus,
  Injectable,
  type CanActivate,
  type ExecutionContext,
} from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { RequestLimiter } from './request.limiter.js';

/** Enough for everybody behind one proxy, whose tokens last an hour; too few to try codes or fill tables. */
const REQUESTS_A_MINUTE = 600;

/** Holds back who asks the authorization server too often: anybody may ask it, and each question costs the database. */
@Injectable()
export class OAuthLimit implements CanActivate {
  private readonly limiter = new RequestLimiter(REQUESTS_A_MINUTE);

  canActivate(execution: ExecutionContext): boolean {
    const http = execution.switchToHttp();
    const waitMs = this.limiter.take(http.getRequest<FastifyRequest>().ip);
    if (waitMs === 0) return true;
    void http.getResponse<FastifyReply>().header('retry-after', String(Math.ceil(waitMs / 1000)));
    throw new HttpException(
      'Too many requests: wait for as long as Retry-After says.',
      HttpStatus.TOO_MANY_REQUESTS,
    );
  }
}
