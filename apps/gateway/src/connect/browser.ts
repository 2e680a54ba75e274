import { createHash, randomBytes } from 'node:crypto';
import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { parseCookie, stringifySetCookie } from 'cookie';
import type { FastifyReply, FastifyRequest } from 'fastify';

const NAME = 'patchbay_browser';
/** Longer than any sign-in takes. */
const LIFE_SECONDS = 3_600;

/** The name of the browser that asks, as the services are told it: the hash of its cookie; undefined without one. */
export const Browser = createParamDecorator((_: unknown, context: ExecutionContext): string | undefined =>
  nameOf(cookieOf(context.switchToHttp().getRequest<FastifyRequest>())),
);

/** Gives a browser that has none a cookie to be known by, and says its name. */
export function markBrowser(reply: FastifyReply, isSecure: boolean): string {
  const known = cookieOf(reply.request);
  const value = known ?? randomBytes(24).toString('base64url');
  const cookie = stringifySetCookie({
    name: NAME,
    value,
    httpOnly: true,
    secure: isSecure,
    sameSite: 'lax',
    path: '/',
    maxAge: LIFE_SECONDS,
  });
  void reply.header('set-cookie', cookie);
  return String(nameOf(value));
}

function cookieOf({ headers }: FastifyRequest): string | undefined {
  const value = parseCookie(headers.cookie ?? '')[NAME];
  return value && /^[\w-]{32}$/.test(value) ? value : undefined;
}

function nameOf(value: string | undefined): string | undefined {
  return value && createHash('sha256').update(value).digest('hex');
}
