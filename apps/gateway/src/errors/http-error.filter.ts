import { STATUS_CODES } from 'node:http';
import { Catch, HttpException, Inject, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import { AppError } from '@patchbay/contracts';
import { LOGGER, toAppError, type Logger } from '@patchbay/service';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { sendTooManyRequests } from '../pages/index.js';
import { contextOf } from '../http/index.js';
import { LimitReached, RateLimits, setRateLimitHeaders } from '../limits/index.js';
import { sendOAuthError } from '../mcp-access/index.js';
import { httpErrorMessage, isJsonRpcRoute } from '../mcp/index.js';
import { wireErrorFor, type WireError } from './error-table.js';

/** Routes that people open in a browser. */
const PAGES = /^\/(link|oauth\/authorize)\b|\/toolkits\/auth\//;

/** Their clients know the errors of OAuth alone (RFC 6749, 5.2). */
const OAUTH = /^\/oauth\/(token|register|revoke)$/;

/** Answers every refusal in the envelope of docs/api/errors.md#the-envelope. */
@Catch()
export class HttpErrorFilter implements ExceptionFilter {
  constructor(
    @Inject(LOGGER) private readonly logger: Logger,
    private readonly limits: RateLimits,
  ) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    const request = http.getRequest<FastifyRequest>();
    const reply = http.getResponse<FastifyReply>();
    if (reply.sent) return;
    const { wire, refusal, isOfFramework } = this.read(error, request);
    void reply.status(wire.status);
    if (refusal instanceof LimitReached) setRateLimitHeaders(reply.raw, this.limits.windowMs, refusal.state);
    if (refusal.code === 'rate_limited' && this.sendInProtocolForm(request, reply, refusal)) return;
    // Refused before the endpoint could read it: JSON-RPC clients expect an error of their protocol.
    if (isOfFramework && isJsonRpcRoute(request)) {
      void reply.send(httpErrorMessage(wire.status, refusal.message));
      return;
    }
    if (isOfFramework && OAUTH.test(request.routeOptions.url ?? '')) {
      sendOAuthError(reply, 'invalid_request', refusal.message, wire.status);
      return;
    }
    // For the official clients, which would retry a 409 or 5xx up to twice by themselves.
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

  /** A rate limit in the form of the route's own protocol. @returns false where that is the API's envelope */
  private sendInProtocolForm(request: FastifyRequest, reply: FastifyReply, refusal: AppError): boolean {
    const route = request.routeOptions.url ?? '';
    void reply.header('retry-after', String(refusal.retryAfter ?? 1));
    if (isJsonRpcRoute(request)) void reply.send(httpErrorMessage(429, refusal.message));
    else if (PAGES.test(route)) sendTooManyRequests(reply, refusal);
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

/** What Nest and Fastify refuse before a handler is called: unknown route, invalid JSON, a body too large. */
function statusOfFramework(error: unknown): { status: number; message: string; slug: string } | undefined {
  if (!(error instanceof Error)) return undefined;
  const { statusCode } = error as { statusCode?: unknown };
  const status = error instanceof HttpException ? error.getStatus() : statusCode;
  if (typeof status !== 'number' || status < 400 || status >= 500) return undefined;
  const name = (STATUS_CODES[status] ?? 'BadRequest').replaceAll(/\W/g, '');
  return { status, message: error.message, slug: `HTTP_${name}` };
}
