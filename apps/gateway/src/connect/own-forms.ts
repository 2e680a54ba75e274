import type { FastifyRequest } from 'fastify';

/**
 * Whether a form was sent by a page that is not ours: a request that a person did not make. Browsers say it themselves
 * (Fetch Metadata, W3C), and no page can make them say otherwise; what sends no such header is no browser, or an old
 * one, from which SameSite keeps the cookie that the Connect pages want.
 */
export function isFromElsewhere({ headers }: Pick<FastifyRequest, 'headers'>): boolean {
  const site = headers['sec-fetch-site'];
  return site !== undefined && site !== 'same-origin' && site !== 'none';
}
