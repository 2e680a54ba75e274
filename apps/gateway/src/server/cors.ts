import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyRequest } from 'fastify';
import { OriginPolicy } from '../http/index.js';

/** What a client reads before it has signed its user in. Nothing there takes a cookie. */
const FOR_ANY_PAGE = /^\/(\.well-known\/|oauth\/(token|register|revoke)\b)/;

const ANSWERS = {
  methods: ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'],
  exposedHeaders: [
    'mcp-session-id',
    'www-authenticate',
    'x-request-id',
    'x-should-retry',
    'retry-after',
    'x-ratelimit',
    'x-ratelimit-remaining',
    'x-ratelimit-window-size',
  ],
  /** Browsers ask again after this many seconds. */
  maxAge: 600,
};

/** Tells browsers which pages may read our answers. No cookie takes part: a page brings its own credential. */
export function allowOrigins(app: NestFastifyApplication): void {
  const policy = app.get(OriginPolicy);
  app.enableCors({
    delegator: ({ url, headers }: FastifyRequest, callback: (error: null, options: object) => void) => {
      const isAllowed = headers.origin !== undefined && policy.allowsOrigin(headers.origin);
      const origin = FOR_ANY_PAGE.test(url) ? '*' : isAllowed;
      callback(null, { ...ANSWERS, origin });
    },
  });
}
