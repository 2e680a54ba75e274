import type { ServerResponse } from 'node:http';
import { AppError } from '@patchbay/contracts';
import { gauge, type Drain } from '@patchbay/service';
import type { FastifyInstance } from 'fastify';

const requestsInFlight = gauge({
  name: 'patchbay_http_requests_in_flight',
  help: 'Requests that the gateway has not answered yet.',
});

/**
 * While the gateway stops: what came in is answered, and what comes now is sent elsewhere, with a 503 on a door
 * that is still open, as a load balancer needs a moment to notice.
 */
export function refuseWhileDraining(fastify: FastifyInstance, drain: Drain): void {
  const underWay = new Set<ServerResponse>();
  const isBusy = () => [...underWay].some((response) => !isOpenEnded(response));
  let onIdle: (() => void) | undefined;

  fastify.addHook('onRequest', (request, reply, done) => {
    // Health checks are answered until the end.
    if (request.url.startsWith('/health/')) return done();
    if (drain.isDraining) {
      void reply.header('connection', 'close');
      return done(
        new AppError('unavailable', 'This replica of the gateway is stopping.', {
          suggestion: 'Send the request again: another one answers it.',
        }),
      );
    }
    underWay.add(reply.raw);
    requestsInFlight.set(underWay.size);
    // However it ends: answered, given up by the client, or taken over by the MCP handler.
    reply.raw.once('close', () => {
      underWay.delete(reply.raw);
      requestsInFlight.set(underWay.size);
      if (!isBusy()) onIdle?.();
    });
    done();
  });
  drain.onDrain(async () => {
    if (isBusy()) await new Promise<void>((resolve) => (onIdle = resolve));
  });
}

/** An event stream ends only when its client closes it: draining does not wait for it. */
function isOpenEnded(response: ServerResponse): boolean {
  const type = response.getHeader('content-type');
  return response.req.method === 'GET' && String(type).startsWith('text/event-stream');
}
