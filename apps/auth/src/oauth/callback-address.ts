import { createHash } from 'node:crypto';
import { type AuthSpec, identifiesItself } from '@patchbay/toolkits';

const BASE = '/api/v3.1/toolkits/auth';

/** What is registered in providers' consoles. */
export const CALLBACK_PATH = `${BASE}/callback`;

/**
 * Where the answers of one issuer come to; undefined for those of the catalogue, whose apps are registered by hand with
 * the one address that all of these share. A provider that we come to with a client of our own was named by a project or by its
 * server and may be hostile: it could send its person on to another provider, with that one's client and our `state`,
 * and would be given the code that comes back. At an address of its own such an answer never arrives: the other
 * provider does not know the address, and what comes to the shared one is not taken for it (RFC 9700, section 4.4.2).
 * It lies beside the shared address and not below it, as some providers take every path below a registered one.
 */
export function issuerKeyOf(spec: AuthSpec): string | undefined {
  if (!identifiesItself(spec)) return undefined;
  const { issuer = '', authorizationUrl, tokenUrl } = spec;
  const registrationUrl = spec.scheme === 'DCR_OAUTH' ? spec.registrationUrl : spec.scheme;
  return createHash('sha256')
    .update(JSON.stringify([issuer, authorizationUrl, tokenUrl, registrationUrl]))
    .digest('base64url')
    .slice(0, 22);
}

export function issuerCallbackPath(issuerKey: string): string {
  return `${BASE}/issuers/${issuerKey}/callback`;
}

/** Where the gateway serves the document that describes us to that issuer, with the address above as the only one to answer at. */
export function clientDocumentPath(issuerKey: string): string {
  return `${BASE}/issuers/${issuerKey}/client.json`;
}

/**
 * Whether a sign-in that gave the provider this address may be ended by what came to the address of that issuer, or to
 * the shared one: there, too, arrive the answers that a page of the developer's own passes on.
 */
export function mayBeAnsweredAt(
  publicUrl: string,
  redirectUri: string,
  issuerKey: string | undefined,
): boolean {
  if (issuerKey) return redirectUri === publicUrl + issuerCallbackPath(issuerKey);
  return !redirectUri.startsWith(`${publicUrl}${BASE}/issuers/`);
}
