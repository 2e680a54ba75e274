import { isPublicHost } from './address-policy.js';

/**
 * Why authorization servers would not read a client's document at addresses of ours
 * (draft-ietf-oauth-client-id-metadata-document, sections 3 and 6.5): undefined when they do, as far as an address tells.
 * @param publicUrl as PUBLIC_URL has it
 */
export function documentRefusal(publicUrl: string): string | undefined {
  const { protocol, hostname } = new URL(publicUrl);
  if (protocol !== 'https:') return 'is not https';
  return isPublicHost(hostname) ? undefined : 'is not at a public address';
}
