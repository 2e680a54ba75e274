import { AppError } from '@patchbay/contracts';
import type { Answer } from './exchange.js';

/**
 * Where a redirect leads; undefined for what is none, or must not be followed.
 * @throws AppError `unavailable` when it leads to what is no address
 */
export function nextLocation(method: string, url: URL, response: Answer): URL | undefined {
  const { location } = response.headers;
  const isRedirect = [301, 302, 303, 307, 308].includes(response.status);
  if (!isRedirect || !location || (method !== 'GET' && method !== 'HEAD')) return undefined;
  if (!URL.canParse(location, url.href)) {
    throw new AppError('unavailable', `${url.host} redirects to an invalid address.`, { retryable: false });
  }
  return new URL(location, url);
}

/** Which headers carry a credential only the first origin's API knows, so few are let through. */
const HARMLESS_HEADERS = new Set(['accept', 'accept-language', 'user-agent']);

/** What may go along to another origin. */
export function withoutCredentials(headers: Record<string, string>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).filter(([name]) => HARMLESS_HEADERS.has(name.toLowerCase())),
  );
}
