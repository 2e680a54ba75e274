import { AppError, headerRefusal, mergeHeaders, type PlacedCredential } from '@patchbay/contracts';
import { signOAuth1, type OutboundPurpose } from '@patchbay/service';
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
  const { method } = request;
  const { url, isOwn } = addressOf(request.url, toolkit, credential);
  const trusted = isOwn || url.origin === settledOrigin;
  // A credential given to another host would be that host's.
  const placed = trusted ? credential : undefined;
  url.search = queryOf(url.search.slice(1), request, placed?.query ?? {});
  const encoded = request.body && encodeBody(request.body);
  return {
    purpose: { for: isOwn ? 'toolkit' : 'given_address', toolkit: toolkit.slug },
    method,
    url,
    headers: checked(
      mergeHeaders(
        { accept: 'application/json', 'user-agent': 'Patchbay' },
        trusted && toolkit.headers,
        request.headers,
        placed?.headers,
        placed?.oauth1 && { authorization: signOAuth1({ method, url }, placed.oauth1) },
        encoded && { 'content-type': encoded.mimetype },
      ),
    ),
    ...(encoded && { body: encoded.body }),
  };
}

/** The last check: whatever set a header, it is one that may be sent. */
function checked(headers: Record<string, string>): Record<string, string> {
  for (const [name, value] of Object.entries(headers)) {
    const refusal = headerRefusal(name, value);
    if (refusal) throw new AppError('invalid_request', `The header ${name} ${refusal}.`);
  }
  return headers;
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

/**
 * The whole query. What is written already stays as it is written: `URLSearchParams` would encode it anew. No
 * parameter replaces one of the credential's.
 */
function queryOf(written: string, request: ToolRequest, placed: Readonly<Record<string, string>>): string {
  const asked = new URLSearchParams();
  for (const [name, value] of Object.entries(request.query ?? {})) {
    if (value === undefined || value === null) continue;
    for (const item of Array.isArray(value) ? value : [value]) asked.append(name, String(item));
  }
  const pairs = [written, asked.toString(), request.search ?? ''].flatMap((part) => part.split('&'));
  const isOfCredential = (pair: string) =>
    [...new URLSearchParams(pair).keys()].some((name) => Object.hasOwn(placed, name));
  const kept = pairs.filter((pair) => pair !== '' && !isOfCredential(pair));
  return [...kept, new URLSearchParams(placed).toString()].filter((part) => part !== '').join('&');
}
