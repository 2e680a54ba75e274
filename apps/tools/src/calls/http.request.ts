import { AppError, type OpenedCredential } from '@patchbay/contracts';
import { signOAuth1 } from '@patchbay/service';
import { ToolFailure, type HttpTool, type InstalledToolkit, type ToolRequest } from '@patchbay/toolkits';
import { encodeBody } from './request-body.js';

export interface PreparedRequest {
  method: string;
  url: URL;
  headers: Record<string, string>;
  body?: string | Uint8Array;
}

/**
 * Fills a tool's template: arguments named in the path go there, the rest into the query, or into a
 * JSON body when the method has one.
 */
export function fillTemplate(tool: HttpTool, input: Record<string, unknown>): ToolRequest {
  const rest = { ...input };
  const url = tool.path.replace(/\{(\+?)(\w+)\}/g, (_, manySegments: string, name: string) => {
    const value = String(rest[name]);
    delete rest[name];
    return encodePath(name, manySegments ? value.split('/') : [value]);
  });
  const { method, headers } = tool;
  if (method === 'GET' || method === 'DELETE') return { method, url, headers, query: rest };
  const query: Record<string, unknown> = {};
  for (const name of tool.query ?? []) {
    query[name] = rest[name];
    delete rest[name];
  }
  return { method, url, headers, query, body: { json: rest } };
}

/** Puts a request at the account's address, with its credential where the scheme has it. */
export async function prepareRequest(
  request: ToolRequest,
  toolkit: InstalledToolkit,
  credential: OpenedCredential | undefined,
): Promise<PreparedRequest> {
  const { method } = request;
  const { url, trusted } = addressOf(request.url, toolkit, credential);
  for (const [name, value] of Object.entries(request.query ?? {})) appendQuery(url, name, value);
  // A credential given to another host would be that host's.
  const placed = trusted ? credential : undefined;
  for (const [name, value] of Object.entries(placed?.query ?? {})) url.searchParams.set(name, value);
  const encoded = request.body && (await encodeBody(request.body));
  return {
    method,
    url,
    headers: {
      accept: 'application/json',
      'user-agent': 'Patchbay',
      ...(trusted && toolkit.headers),
      ...request.headers,
      ...placed?.headers,
      ...(placed?.oauth1 && { authorization: signOAuth1({ method, url }, placed.oauth1) }),
      ...(encoded && { 'content-type': encoded.mimetype }),
    },
    ...(encoded && { body: encoded.body }),
  };
}

/** Where a request goes, and whether that is the provider itself. */
function addressOf(
  to: string,
  toolkit: InstalledToolkit,
  credential: OpenedCredential | undefined,
): { url: URL; trusted: boolean } {
  const base = baseUrlFor(toolkit, credential);
  if (to.startsWith('/')) return { url: new URL(base + to), trusted: true };
  if (!URL.canParse(to)) throw new ToolFailure(`Invalid request data provided: ${to} is no address`);
  const url = new URL(to);
  const origins = [...(base ? [new URL(base).origin] : []), ...(toolkit.origins ?? [])];
  return { url, trusted: origins.includes(url.origin) };
}

/** An account may say where its API is, by a subdomain for instance; `auth` checked that it names just that. */
function baseUrlFor({ baseUrl = '' }: InstalledToolkit, credential: OpenedCredential | undefined): string {
  const values = credential?.urlValues ?? {};
  return (credential?.baseUrl ?? baseUrl)
    .replace(/\{([\w-]+)\}/g, (_, name: string) => values[name] ?? '')
    .replace(/\/$/, '');
}

/** Dots alone would climb out of the place that the template gives the argument, encoded or not. */
function encodePath(name: string, segments: string[]): string {
  if (segments.some((segment) => segment === '.' || segment === '..')) {
    throw new AppError('invalid_request', `Invalid request data provided: ${name}: must not be . or ..`);
  }
  return segments.map(encodeURIComponent).join('/');
}

function appendQuery(url: URL, name: string, value: unknown): void {
  if (value === undefined || value === null) return;
  for (const item of Array.isArray(value) ? value : [value]) url.searchParams.append(name, String(item));
}
