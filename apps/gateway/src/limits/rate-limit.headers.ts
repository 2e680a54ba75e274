import type { ServerResponse } from 'node:http';
import type { FastifyInstance } from 'fastify';
import type { ClientAddress } from '../http/index.js';
import type { RateLimits } from './rate-limits.service.js';
import type { LimitState } from './window.counter.js';

/** The state of a limit as headers (docs/api/conventions.md#rate-limit-headers). On the raw response: streams are written there too. */
export function setRateLimitHeaders(
  response: ServerResponse,
  windowMs: number,
  state: LimitState | undefined,
): void {
  if (!state || response.headersSent) return;
  response.setHeader('x-ratelimit', state.most);
  response.setHeader('x-ratelimit-remaining', Math.max(0, state.most - state.used));
  response.setHeader('x-ratelimit-window-size', `${windowMs / 1_000}s`);
}

/** For what is refused before its caller is known: the state of its address. */
export function addRateLimitHeaders(
  fastify: FastifyInstance,
  limits: RateLimits,
  addresses: ClientAddress,
): void {
  fastify.addHook('onSend', (request, reply, payload, done) => {
    const { raw } = reply;
    if (raw.hasHeader('x-ratelimit') || request.url.startsWith('/health/')) return done(null, payload);
    limits.peek('anonymous', addresses.of(request.raw)).then((state) => {
      setRateLimitHeaders(raw, limits.windowMs, state);
      done(null, payload);
    }, done);
  });
}
