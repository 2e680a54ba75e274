import { mergeHeaders, type PlacedCredential } from '@patchbay/contracts';
import { signOAuth1 } from './oauth1.js';

const FORM = 'application/x-www-form-urlencoded';

interface CredentialRequest {
  method: string;
  url: URL;
  headers: Record<string, string>;
  body?: string | Uint8Array;
}

/**
 * Adds a credential where its scheme places it: in headers, in the query, or as an OAuth 1.0a signature. It replaces
 * headers and parameters of the same name.
 */
export function withCredential<T extends CredentialRequest>(request: T, credential: PlacedCredential): T {
  const { method } = request;
  const url = urlWith(request.url, credential.query);
  const authorization =
    credential.oauth1 && signOAuth1({ method, url, form: formOf(request) }, credential.oauth1);
  const headers = mergeHeaders(
    request.headers,
    credential.headers,
    authorization !== undefined && { authorization },
  );
  return { ...request, url, headers };
}

function urlWith(given: URL, placed: Readonly<Record<string, string>>): URL {
  if (Object.keys(placed).length === 0) return given;
  const url = new URL(given);
  url.search = queryWith(url.search.slice(1), placed);
  return url;
}

/** The other parameters stay as they are written, which `URLSearchParams` would encode again. */
function queryWith(query: string, placed: Readonly<Record<string, string>>): string {
  const isReplaced = (pair: string) =>
    [...new URLSearchParams(pair).keys()].some((name) => Object.hasOwn(placed, name));
  const kept = query.split('&').filter((pair) => !isReplaced(pair));
  return [...kept, new URLSearchParams(placed).toString()].filter((part) => part !== '').join('&');
}

/** A form is signed with the request; other bodies are not (RFC 5849, section 3.4.1.3.1). */
function formOf({ headers, body }: CredentialRequest): string | undefined {
  const [mimetype = ''] = (headers['content-type'] ?? '').split(';');
  if (body === undefined || mimetype.trim().toLowerCase() !== FORM) return undefined;
  return typeof body === 'string' ? body : Buffer.from(body).toString();
}
