import { AppError, headerRefusal, mergeHeaders, type PlacedCredential } from '@patchbay/contracts';
import { withCredential, type OutboundPurpose } from '@patchbay/service';
import { ToolFailure, type InstalledToolkit, type ToolRequest } from '@patchbay/toolkits';
import { baseUrlFor } from './provider-address.js';
import { encodeBody } from './request-body.js';

export interface PreparedRequest {
  /** A caller's or an answer's word is all that an address has which is not the provider's own. */
  purpose: OutboundPurpose;
  method: string;
  url: URL;
  headers: Record<string, string>;
  body?: string | Uint8Array;
}

/**
 * Puts a request at the account's address, with its credential where the scheme has it.
 * @param settledOrigin where the credential may go besides, as was settled for this request
 */
export async function prepareRequest(
  request: ToolRequest,
  toolkit: InstalledToolkit,
  credential: PlacedCredential | undefined,
  settledOrigin?: string,
): Promise<PreparedRequest> {
  const { url, isOwn } = addressOf(request.url, toolkit, credential);
  const trusted = isOwn || url.origin === settledOrigin;
  const asked = queryOf(request);
  if (asked !== '') url.search = url.search === '' ? asked : `${url.search}&${asked}`;
  const encoded = request.body && encodeBody(request.body);
  const bare: PreparedRequest = {
    purpose: { for: isOwn ? 'toolkit' : 'given_address', toolkit: toolkit.slug },
    method: request.method,
    url,
    headers: mergeHeaders(
      { accept: 'application/json', 'user-agent': 'Patchbay' },
      trusted && toolkit.headers,
      request.headers,
      encoded && { 'content-type': encoded.mimetype },
    ),
    ...(encoded && { body: encoded.body }),
  };
  // A credential given to another host would be that host's.
  const prepared = trusted && credential ? withCredential(bare, credential) : bare;
  checkHeaders(prepared.headers);
  return prepared;
}

/** The last check: whatever set a header, it is one that may be sent. */
function checkHeaders(headers: Record<string, string>): void {
  for (const [name, value] of Object.entries(headers)) {
    const refusal = headerRefusal(name, value);
    if (refusal) throw new AppError('invalid_request', `The header ${name} ${refusal}.`);
  }
}

/** Where a request goes, and whether that is the provider itself. */
function addressOf(
  to: string,
  toolkit: InstalledToolkit,
  credential: PlacedCredential | undefined,
): { url: URL; isOwn: boolean } {
  const base = baseUrlFor(toolkit, credential);
  if (to.startsWith('/')) return { url: new URL(base + to), isOwn: true };
  if (!URL.canParse(to)) throw new ToolFailure(`Invalid request data provided: ${to} is no address`);
  const url = new URL(to);
  const origins = [...(base ? [new URL(base).origin] : []), ...(toolkit.origins ?? [])];
  return { url, isOwn: origins.includes(url.origin) };
}

/** What stands in the address already stays as it is written: `URLSearchParams` would encode it again. */
function queryOf({ query = {}, search = '' }: ToolRequest): string {
  const asked: [string, string][] = [];
  for (const [name, value] of Object.entries(query)) {
    if (value === undefined || value === null) continue;
    for (const item of Array.isArray(value) ? value : [value]) asked.push([name, String(item)]);
  }
  if (asked.length === 0) return search;
  const written = new URLSearchParams(asked).toString();
  return search === '' ? written : `${written}&${search}`;
}
