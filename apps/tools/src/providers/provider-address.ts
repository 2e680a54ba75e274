import { AppError, type PlacedCredential } from '@patchbay/contracts';
import type { InstalledToolkit } from '@patchbay/toolkits';
import { getDomain } from 'tldts';

/** An account may say where its API is, by a subdomain for instance; `auth` checked that it names just that. */
export function baseUrlFor(
  { baseUrl = '' }: InstalledToolkit,
  credential: PlacedCredential | undefined,
): string {
  const values = credential?.urlValues ?? {};
  return (credential?.baseUrl ?? baseUrl)
    .replace(/\{([\w-]+)\}/g, (_, name: string) => values[name] ?? '')
    .replace(/\/$/, '');
}

/**
 * Refuses an address that is not the provider's own, to which a credential must not go: another scheme, or
 * another registrable domain (https://publicsuffix.org). Where the account itself names the host, its
 * neighbours there are other customers, and only that host will do.
 * @throws AppError `origin_mismatch`
 */
export function requireOwnAddress(
  url: URL,
  toolkit: InstalledToolkit,
  credential: PlacedCredential | undefined,
): void {
  const base = URL.parse(baseUrlFor(toolkit, credential));
  const isOwn =
    base !== null &&
    base.protocol === url.protocol &&
    (base.host === url.host || (!isTenantsOwn(toolkit, credential) && isSameSite(base, url)));
  if (isOwn || toolkit.origins?.includes(url.origin)) return;
  throw new AppError('origin_mismatch', `${url.origin} is not an address of ${toolkit.name}.`, {
    suggestion: base
      ? `Send a path under ${base.href}, or an address of the same domain.`
      : `${toolkit.name} has no address of its own.`,
  });
}

function isTenantsOwn({ baseUrl = '' }: InstalledToolkit, credential: PlacedCredential | undefined): boolean {
  const host = /^https?:\/\/([^/]*)/.exec(credential?.baseUrl ?? baseUrl)?.[1] ?? '';
  return host.includes('{');
}

function isSameSite(base: URL, url: URL): boolean {
  const domain = getDomain(base.hostname, { allowPrivateDomains: true });
  return domain !== null && domain === getDomain(url.hostname, { allowPrivateDomains: true });
}
