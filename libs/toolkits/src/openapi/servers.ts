import {
  ImportRefusal,
  isObject,
  step,
  stringOf,
  type JsonObject,
  type OpenApiDocument,
} from './document.js';
import type { Operation } from './located-operation.js';

/**
 * Where the API is: what the caller says, else the document's first server, else the first of its paths.
 * @throws ImportRefusal when nothing says it
 */
export function baseUrlOf(document: OpenApiDocument, given: string | undefined): string {
  if (given) return checked(given, '/servers');
  const own = firstServer(document.root['servers'], '/servers');
  if (own) return own;
  for (const [path, item] of Object.entries(document.paths)) {
    const place = step(step('/paths', path), 'servers');
    const server = isObject(item) ? firstServer(item['servers'], place) : undefined;
    if (server) return server;
  }
  throw new ImportRefusal('/servers', 'says nowhere where the API is: add a server, or give the base URL');
}

/** What an operation's own server has beyond the base URL; a server elsewhere is another API's. */
export function pathPrefixOf({ value, item, itemPlace, place }: Operation, baseUrl: string): string {
  const server =
    firstServer(value['servers'], step(place, 'servers')) ??
    firstServer(item['servers'], step(itemPlace, 'servers'));
  if (!server || server === baseUrl) return '';
  if (server.startsWith(`${baseUrl}/`)) return server.slice(baseUrl.length);
  throw new ImportRefusal(step(place, 'servers'), `is at ${server.slice(0, 100)}, not under the base URL`);
}

function firstServer(servers: unknown, place: string): string | undefined {
  const server: unknown = Array.isArray(servers) ? servers[0] : undefined;
  if (!isObject(server)) return undefined;
  const url = stringOf(server['url']);
  // Relative to where the document was found, which nobody knows any more.
  if (!url || url.startsWith('/')) return undefined;
  return checked(fill(url, server['variables']), step(step(place, 0), 'url'));
}

function fill(url: string, variables: unknown): string {
  const values: JsonObject = isObject(variables) ? variables : {};
  return url.replace(/\{([^{}]+)\}/g, (whole, name: string) => {
    const variable = values[name];
    return (isObject(variable) ? stringOf(variable['default']) : undefined) ?? whole;
  });
}

function checked(url: string, place: string): string {
  // `{subdomain}` is the account's to fill in.
  const sample = url.replace(/\{[\w-]+\}/g, 'x');
  if (!URL.canParse(sample) || !/^https?:$/.test(new URL(sample).protocol)) {
    throw new ImportRefusal(place, `${url.slice(0, 100)} is no http address`);
  }
  return url.replace(/\/+$/, '');
}
