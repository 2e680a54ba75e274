import type { FastifyInstance, FastifyRequest } from 'fastify';
import { newContext, runInContext, type Logger, type RequestContext } from '@patchbay/service';

/** Answers go out before the official clients give up, at 60 seconds. */
const REQUEST_LIMIT_MS = 57_000;
const TRACEPARENT = /^00-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}$/;
const SESSION_ID = /^trs_[A-Za-z0-9_-]{1,64}$/;

const contexts = new WeakMap<object, RequestContext>();

export function contextOf(request: FastifyRequest): RequestContext {
  const context = contexts.get(request.raw);
  if (!context) throw new Error('The request came in past the hooks');
  return context;
}

/** Gives every request its id and context, and a line in the log when it is answered. */
export function followRequests(fastify: FastifyInstance, logger: Logger): void {
  fastify.addHook('onRequest', (request, reply, done) => {
    const { traceparent } = request.headers;
    const context = newContext({
      deadline: Date.now() + REQUEST_LIMIT_MS,
      traceparent: typeof traceparent === 'string' && TRACEPARENT.test(traceparent) ? traceparent : undefined,
    });
    contexts.set(request.raw, context);
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
    const line = () =>
      logger.info(
        {
          method: request.method,
          // The route and not the address: links and callbacks carry secrets in theirs.
          route: request.routeOptions.url ?? 'unknown',
          status: reply.statusCode,
          durationMs: Math.round(reply.elapsedTime),
          clientRequestId: request.headers['x-request-id'],
          retryCount: request.headers['x-stainless-retry-count'],
        },
        'answered',
      );
    runInContext(contextOf(request), line);
    done();
  });
}

/** Whether it is one of the project's is found out later; until then it only says where a line belongs. */
function sessionOf({ params }: FastifyRequest): string | null {
  const { sessionId } = (params ?? {}) as { sessionId?: unknown };
  return typeof sessionId === 'string' && SESSION_ID.test(sessionId) ? sessionId : null;
}
