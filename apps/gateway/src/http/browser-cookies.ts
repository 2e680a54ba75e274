import { createHash, randomBytes } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { parseCookie, stringifySetCookie } from 'cookie';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { GatewayConfig } from '../config.js';
import { CONFIG } from '../settings.module.js';

/** Longer than any sign-in takes. */
const LIFE_SECONDS = 3_600;

/** Of those that a browser was given when it opened several links at the same time. */
const MOST_COOKIES = 20;

/**
 * Tells browsers apart by a cookie, so that a sign-in ends where it began. The cookie means nothing else. It belongs
 * to the browser and not to one sign-in. A browser that opens two links at once is given two, under names of their own
 * so that neither takes the other's place; it is known by each.
 */
@Injectable()
export class BrowserCookies {
  private readonly prefix: string;
  private readonly isSecure: boolean;

  constructor(@Inject(CONFIG) { PUBLIC_URL }: Pick<GatewayConfig, 'PUBLIC_URL'>) {
    this.isSecure = PUBLIC_URL.startsWith('https:');
    // With `__Host-` no other host of the domain can plant one (RFC 6265bis, section 4.1.3); it wants https.
    this.prefix = this.isSecure ? '__Host-patchbay_browser_' : 'patchbay_browser_';
  }

  /** What identifies the browser to the services: the hashes of its cookies. */
  hashesOf(request: FastifyRequest): string[] {
    return this.cookiesOf(request).map(({ value }) => hashOf(value));
  }

  /**
   * Sets a cookie in a browser that has none, and renews the one that identifies it.
   * @returns its hash
   */
  setCookie(reply: FastifyReply): string {
    const [known] = this.cookiesOf(reply.request);
    const given = known ?? {
      name: this.prefix + randomBytes(6).toString('hex'),
      value: randomBytes(24).toString('base64url'),
    };
    const cookie = stringifySetCookie({
      ...given,
      httpOnly: true,
      secure: this.isSecure,
      // Providers send the browser back from another site: `strict` would not be sent along.
      sameSite: 'lax',
      path: '/',
      maxAge: LIFE_SECONDS,
    });
    void reply.header('set-cookie', cookie);
    return hashOf(given.value);
  }

  /** In the same order each time, whatever the browser's. */
  private cookiesOf({ headers }: FastifyRequest): { name: string; value: string }[] {
    return Object.entries(parseCookie(headers.cookie ?? ''))
      .map(([name, value = '']) => ({ name, value }))
      .filter(({ name, value }) => name.startsWith(this.prefix) && /^[\w-]{32}$/.test(value))
      .toSorted((a, b) => (a.name < b.name ? -1 : 1))
      .slice(0, MOST_COOKIES);
  }
}

function hashOf(value: string): string {
  return createHash('sha256').update(value).digest('hex');
}
