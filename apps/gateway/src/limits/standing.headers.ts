import type { ServerResponse } from 'node:http';
import type { FastifyInstance } from 'fastify';
import type { ClientAddress } from './client-address.js';
import type { Limits } from './limits.service.js';
import type { Standing } from './window.counter.js';

/** Tells how a limit stands (docs/api/conventions.md#rate-limit-headers). On the raw response: streams are written there too. */
export function tellStanding(
  response: ServerResponse,
  windowMs: number,
  standing: Standing | undefined,
): void {
  if (!standing || response.headersSent) return;
  response.setHeader('x-ratelimit', standing.most);
  response.setHeader('x-ratelimit-remaining', Math.max(0, standing.most - standing.used));
  response.setHeader('x-ratelimit-window-size', `${windowMs / 1_000}s`);
}

/** What is refused before it is known whose it is says how its address stands. */
export function tellStandingAlways(fastify: FastifyInstance, limits: Limits, addresses: ClientAddress): void {
  fastify.addHook('onSend', (request, reply, payload, done) => {
    const { raw } = reply;
    if (raw.hasHeader('x-ratelimit') || request.url.startsWith('/health/')) return done(null, payload);
    limits.look('anonymous', addresses.of(request.raw)).then((standing) => {
      tellStanding(raw, limits.windowMs, standing);
      done(null, payload);
    }, done);
  });
}
