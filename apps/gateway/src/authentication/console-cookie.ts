import { createHmac, hash, timingSafeEqual } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { AppError } from '@patchbay/contracts';
import { parseCookie, stringifySetCookie } from 'cookie';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { GatewayConfig } from '../config.js';
import { isForeignPage } from '../http/index.js';
import { CONFIG } from '../settings.module.js';

const CSRF_HEADER = 'x-csrf-token';

/** The cookie by which a browser is signed in to the console, and what a request needs beside it. */
@Injectable()
export class ConsoleCookie {
  private readonly name: string;
  private readonly isSecure: boolean;

  constructor(@Inject(CONFIG) { PUBLIC_URL }: Pick<GatewayConfig, 'PUBLIC_URL'>) {
    this.isSecure = PUBLIC_URL.startsWith('https:');
    // With `__Host-` no other host of the domain can plant one (RFC 6265bis, section 4.1.3); it wants https. Without it,
    // all ports of a host share their cookies.
    this.name = this.isSecure
      ? '__Host-patchbay_console'
      : `patchbay_console_${new URL(PUBLIC_URL).port || '80'}`;
  }

  /** @returns undefined for a request that carries no cookie of ours */
  tokenOf({ headers }: Pick<FastifyRequest, 'headers'>): string | undefined {
    if (headers.cookie === undefined) return undefined;
    const token = parseCookie(headers.cookie)[this.name];
    return token && /^pcs_[\w-]{32}$/.test(token) ? token : undefined;
  }

  /** @returns the hash under which the services know the session */
  hashOf(request: Pick<FastifyRequest, 'headers'>): string | undefined {
    const token = this.tokenOf(request);
    return token && hash('sha256', token);
  }

  /**
   * `strict`: the browser sends it with nothing that another site began. A page of ours that is opened from elsewhere is the
   * same for everybody, and asks by itself who is there.
   */
  set(reply: FastifyReply, token: string, endsAt: string): void {
    const maxAge = Math.max(0, Math.floor((Date.parse(endsAt) - Date.now()) / 1_000));
    this.write(reply, token, maxAge);
  }

  clear(reply: FastifyReply): void {
    this.write(reply, '', 0);
  }

  /** Follows from the cookie's secret, so whoever knows it has read an answer of ours and is no page of another's. */
  csrfTokenOf(token: string): string {
    return createHmac('sha256', token).update('csrf token of the console').digest('base64url');
  }

  /**
   * That the request comes from a page of ours: browsers send the cookie by themselves.
   * @throws AppError `forbidden`
   */
  requireOwnPage(request: FastifyRequest, token: string): void {
    const given = request.headers[CSRF_HEADER];
    const wanted = Buffer.from(this.csrfTokenOf(token));
    const bytes = Buffer.from(typeof given === 'string' ? given : '');
    if (!isForeignPage(request) && bytes.length === wanted.length && timingSafeEqual(bytes, wanted)) return;
    throw new AppError(
      'forbidden',
      'The request has the cookie of a session, and does not come from the console.',
      {
        suggestion: `Send the csrf_token of GET /api/v3.1/console/session as ${CSRF_HEADER}, from a page of the same origin.`,
      },
    );
  }

  private write(reply: FastifyReply, value: string, maxAge: number): void {
    const cookie = stringifySetCookie({
      name: this.name,
      value,
      httpOnly: true,
      secure: this.isSecure,
      sameSite: 'strict',
      path: '/',
      maxAge,
    });
    void reply.header('set-cookie', cookie);
  }
}
