import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import {
  histogram,
  newContext,
  openSpan,
  runInContext,
  SpanKind,
  type Logger,
  type RequestContext,
} from '@patchbay/service';

/** Answers go out before the official clients give up, at 60 seconds. */
export const REQUEST_LIMIT_MS = 57_000;
const TRACEPARENT = /^00-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}$/;
const SESSION_ID = /^trs_[A-Za-z0-9_-]{1,64}$/;

const durations = histogram({
  name: 'patchbay_http_request_duration_seconds',
  help: 'Requests that the gateway answered.',
  labelNames: ['method', 'route', 'status'],
});

const contexts = new WeakMap<object, RequestContext>();
/** What ends a request's span, where requests are traced. */
const spans = new WeakMap<object, NonNullable<ReturnType<typeof openSpan>>>();

export function contextOf(request: FastifyRequest): RequestContext {
  const context = contexts.get(request.raw);
  if (!context) throw new Error('The request came in past the hooks');
  return context;
}

/** Gives every request its id and context, and a line in the log when it is answered. */
export function followRequests(fastify: FastifyInstance, logger: Logger): void {
  fastify.addHook('onRequest', (request, reply, done) => {
    const given = request.headers['traceparent'];
    const parent = typeof given === 'string' && TRACEPARENT.test(given) ? given : undefined;
    const route = routeOf(request);
    const attributes = { 'http.request.method': request.method, 'http.route': route };
    const span = openSpan({ name: `${request.method} ${route}`, kind: SpanKind.SERVER, attributes }, parent);
    const context = newContext({
      deadline: Date.now() + REQUEST_LIMIT_MS,
      traceparent: span?.traceparent ?? parent,
    });
    contexts.set(request.raw, context);
    if (span) spans.set(request.raw, span);
    void reply.header('x-request-id', context.requestId);
    // On the raw response too: the MCP handler writes there by itself.
    reply.raw.setHeader('x-request-id', context.requestId);
    done();
  });
  // After the body was read, so that the handlers run inside the context and not beside it.
  fastify.addHook('preHandler', (request, _reply, done) => {
    const context = contextOf(request);
    context.sessionId = sessionOf(request);
    runInContext(context, done);
  });
  fastify.addHook('onResponse', (request, reply, done) => {
    const context = contexts.get(request.raw);
    // A CORS preflight is answered before these hooks run.
    if (!context) return done();
    const { statusCode: status, elapsedTime } = reply;
    durations.observe(
      { method: request.method, route: routeOf(request), status: String(status) },
      elapsedTime / 1_000,
    );
    spans
      .get(request.raw)
      ?.end({ 'http.response.status_code': status, 'patchbay.request.id': context.requestId }, status >= 500);
    if (logger.isLevelEnabled('info')) runInContext(context, () => tell(logger, request, reply));
    done();
  });
}

function tell(
  logger: Logger,
  request: FastifyRequest,
  { statusCode: status, elapsedTime }: FastifyReply,
): void {
  const { method, headers } = request;
  logger.info(
    {
      method,
      route: routeOf(request),
      status,
      durationMs: Math.round(elapsedTime),
      clientRequestId: headers['x-request-id'],
      retryCount: headers['x-stainless-retry-count'],
    },
    'answered',
  );
}

/** The route and not the address: links and callbacks carry secrets in theirs. */
function routeOf({ routeOptions }: FastifyRequest): string {
  return routeOptions.url ?? 'unknown';
}

/** Whether it is one of the project's is found out later; until then it only says where a line belongs. */
function sessionOf({ params }: FastifyRequest): string | null {
  const { sessionId } = (params ?? {}) as { sessionId?: unknown };
  return typeof sessionId === 'string' && SESSION_ID.test(sessionId) ? sessionId : null;
}
