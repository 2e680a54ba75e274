import { AppError, type OpenedCredential } from '@patchbay/contracts';
import { signOAuth1 } from '@patchbay/service';
import type { HttpTool, InstalledToolkit } from '@patchbay/toolkits';

export interface PreparedRequest {
  method: string;
  url: URL;
  headers: Record<string, string>;
  body?: string;
}

/**
 * Fills a tool's template: arguments named in the path go there, the rest into the query, or into a
 * JSON body when the method has one.
 */
export function prepareRequest(
  tool: HttpTool,
  toolkit: InstalledToolkit,
  input: Record<string, unknown>,
  credential: OpenedCredential | undefined,
): PreparedRequest {
  const rest = { ...input };
  const path = tool.path.replace(/\{(\+?)(\w+)\}/g, (_, manySegments: string, name: string) => {
    const value = String(rest[name]);
    delete rest[name];
    return encodePath(name, manySegments ? value.split('/') : [value]);
  });
  const url = new URL(baseUrlFor(toolkit, credential) + path);
  const hasBody = tool.method !== 'GET' && tool.method !== 'DELETE';
  for (const name of hasBody ? (tool.query ?? []) : Object.keys(rest)) {
    appendQuery(url, name, rest[name]);
    delete rest[name];
  }
  for (const [name, value] of Object.entries(credential?.query ?? {})) url.searchParams.set(name, value);
  const { method } = tool;
  return {
    method,
    url,
    headers: {
      accept: 'application/json',
      'user-agent': 'Patchbay',
      ...toolkit.headers,
      ...tool.headers,
      ...credential?.headers,
      ...(credential?.oauth1 && { authorization: signOAuth1({ method, url }, credential.oauth1) }),
      ...(hasBody && { 'content-type': 'application/json' }),
    },
    ...(hasBody && { body: JSON.stringify(rest) }),
  };
}

/** An account may say where its API is, by a subdomain for instance; `auth` checked that it names just that. */
function baseUrlFor({ baseUrl = '' }: InstalledToolkit, credential: OpenedCredential | undefined): string {
  const values = credential?.urlValues ?? {};
  return baseUrl.replace(/\{([\w-]+)\}/g, (_, name: string) => values[name] ?? '').replace(/\/$/, '');
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
