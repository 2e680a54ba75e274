import { STATUS_CODES } from 'node:http';
import { Catch, HttpException, Inject, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import { AppError } from '@patchbay/contracts';
import { LOGGER, toAppError, type Logger } from '@patchbay/service';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { sendTooMany } from '../connect/page.response.js';
import { contextOf } from '../http/request-hooks.js';
import { LimitReached } from '../limits/limit-reached.js';
import { Limits } from '../limits/limits.service.js';
import { tellStanding } from '../limits/standing.headers.js';
import { sendOAuthError } from '../mcp-access/oauth.error.js';
import { speaksJsonRpc, unreadable } from '../mcp/unreadable.js';
import { wireErrorFor, type WireError } from './error-table.js';

/** What people see in their browsers. */
const PAGES = /^\/(link|oauth\/authorize)\b|\/toolkits\/auth\//;

/** Answers every refusal in the envelope of docs/api/errors.md#the-envelope. */
@Catch()
export class HttpErrorFilter implements ExceptionFilter {
  constructor(
    @Inject(LOGGER) private readonly logger: Logger,
    private readonly limits: Limits,
  ) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    const request = http.getRequest<FastifyRequest>();
    const reply = http.getResponse<FastifyReply>();
    if (reply.sent) return;
    const { wire, refusal, isOfFramework } = this.read(error, request);
    void reply.status(wire.status);
    if (refusal instanceof LimitReached) tellStanding(reply.raw, this.limits.windowMs, refusal.standing);
    if (refusal.code === 'rate_limited' && this.sendInOwnForm(request, reply, refusal)) return;
    // Refused before the endpoint could read it: its clients wait for an answer of their own protocol.
    if (isOfFramework && speaksJsonRpc(request)) {
      void reply.send(unreadable(wire.status, refusal.message));
      return;
    }
    // Told to the official clients, which would repeat a 409 or 5xx up to twice by themselves.
    if (wire.status === 409 || wire.status >= 500)
      void reply.header('x-should-retry', String(refusal.retryable));
    if (wire.status === 503 || wire.status === 429)
      void reply.header('retry-after', String(refusal.retryAfter ?? 1));
    void reply.send({
      error: {
        message: refusal.message,
        code: wire.number,
        slug: wire.slug,
        status: wire.status,
        request_id: contextOf(request).requestId,
        ...(refusal.suggestion && { suggested_fix: refusal.suggestion }),
        ...(refusal.issues && { errors: refusal.issues }),
      },
    });
  }

  /** Whoever does not speak the API is held back in words of their own. @returns whether it was sent */
  private sendInOwnForm(request: FastifyRequest, reply: FastifyReply, refusal: AppError): boolean {
    const route = request.routeOptions.url ?? '';
    void reply.header('retry-after', String(refusal.retryAfter ?? 1));
    if (speaksJsonRpc(request)) void reply.send(unreadable(429, refusal.message));
    else if (PAGES.test(route)) sendTooMany(reply, refusal);
    else if (route.startsWith('/oauth/')) sendOAuthError(reply, 'slow_down', refusal.message, 429);
    else return false;
    return true;
  }

  private read(
    error: unknown,
    request: FastifyRequest,
  ): { wire: WireError; refusal: AppError; isOfFramework: boolean } {
    const outer = statusOfFramework(error);
    if (outer) {
      const refusal = new AppError('invalid_request', outer.message);
      return {
        refusal,
        isOfFramework: true,
        wire: { status: outer.status, number: outer.status, slug: outer.slug },
      };
    }
    const refusal = toAppError(error, this.logger);
    return {
      refusal,
      isOfFramework: false,
      wire: wireErrorFor(refusal.code, request.routeOptions.url ?? ''),
    };
  }
}

/** What Nest and Fastify refuse before a handler of ours: no such route, no JSON, a body too large. */
function statusOfFramework(error: unknown): { status: number; message: string; slug: string } | undefined {
  if (!(error instanceof Error)) return undefined;
  const { statusCode } = error as { statusCode?: unknown };
  const status = error instanceof HttpException ? error.getStatus() : statusCode;
  if (typeof status !== 'number' || status < 400 || status >= 500) return undefined;
  const name = (STATUS_CODES[status] ?? 'BadRequest').replaceAll(/\W/g, '');
  return { status, message: error.message, slug: `HTTP_${name}` };
}
