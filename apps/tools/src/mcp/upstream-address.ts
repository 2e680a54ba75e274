import { AppError, type PlacedCredential } from '@patchbay/contracts';

const PLACE = /\{([\w-]+)\}/g;

/** Whether an account has to say a part of a server's address. */
export function hasPlaces(address: string): boolean {
  return address.search(PLACE) >= 0;
}

/**
 * Where the requests of an account go: its values in the places of the toolkit's address, and the parameters that its credential
 * adds.
 * @throws AppError `invalid_request` naming what of the address nothing says
 */
export function upstreamAddress(
  address: string,
  credential: Partial<Pick<PlacedCredential, 'urlValues' | 'query'>> = {},
): URL {
  const { urlValues = {}, query = {} } = credential;
  const places = new Set([...address.matchAll(PLACE)].map(([, name = '']) => name));
  const missing = [...places].filter((name) => !(name in urlValues));
  const url = URL.parse(address.replaceAll(PLACE, (_, name: string) => urlValues[name] ?? ''));
  if (!url || missing.length > 0) {
    const what = missing.length > 0 ? `needs ${missing.join(', ')}, which no account says` : 'cannot be read';
    throw new AppError('invalid_request', `The address of the MCP server ${what}.`);
  }
  for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
  return url;
}
