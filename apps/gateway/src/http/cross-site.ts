import type { FastifyRequest } from 'fastify';

/**
 * Whether a form was sent by a page of another site: cross-site request forgery. Browsers send the header by themselves
 * (Fetch Metadata, W3C), and no page can change it; what does not send it is no browser, or an old one, from which
 * SameSite keeps the cookie that the Connect pages need.
 */
export function isCrossSite({ headers }: Pick<FastifyRequest, 'headers'>): boolean {
  const site = headers['sec-fetch-site'];
  return site !== undefined && site !== 'same-origin' && site !== 'none';
}

/** The same for scripts' requests: browsers that do not send the header send at least the page's origin with them. */
export function isForeignPage({ headers }: Pick<FastifyRequest, 'headers'>): boolean {
  const { origin, host, 'sec-fetch-site': site } = headers;
  if (site !== undefined) return isCrossSite({ headers });
  return origin !== undefined && URL.parse(origin)?.host !== host;
}
