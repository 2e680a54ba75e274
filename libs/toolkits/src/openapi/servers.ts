import { authField, type AuthSpec } from '../auth-spec.js';
import {
  ImportRefusal,
  isObject,
  step,
  stringOf,
  type JsonObject,
  type OpenApiDocument,
} from './document.js';
import type { Operation } from './located-operation.js';

/** What is known of where the API is, besides what the document says. */
export interface AddressHints {
  /** The API's address, when the caller says it. */
  given?: string | undefined;
  /** Where the document was found, redirects followed: relative servers start there (OpenAPI 3, Server Object). */
  documentUrl?: string | undefined;
}

/** A server as it can be called, or why it cannot. */
type Server = { url: string } | { place: string; reason: string };

/** Whose value is not in the document: an account fills them in. */
const OPEN_VARIABLE = /\{([\w-]+)\}/g;
const NEEDS_BASE_URL = "give the API's address as base_url";

/**
 * Where the API is: what the caller says, else the document's first server that can be called, else the first of
 * its paths, else the root of the document's own address.
 * @throws ImportRefusal when nothing says it
 */
export function baseUrlOf(document: OpenApiDocument, hints: AddressHints): string {
  if (hints.given) return usable({ url: hints.given, place: '/servers', documentUrl: undefined });
  const listed = [
    ...serversOf(document.root['servers'], '/servers', hints),
    ...Object.entries(document.paths).flatMap(([path, item]) =>
      isObject(item) ? serversOf(item['servers'], step(step('/paths', path), 'servers'), hints) : [],
    ),
  ];
  const found = listed.find((server) => 'url' in server);
  if (found) return found.url;
  const unusable = listed.find((server) => 'reason' in server);
  if (unusable) throw new ImportRefusal(unusable.place, unusable.reason);
  if (!hints.documentUrl) {
    throw new ImportRefusal('/servers', `says nowhere where the API is: ${NEEDS_BASE_URL}`);
  }
  return usable({ url: '/', place: '/servers', documentUrl: hints.documentUrl });
}

/**
 * What a request's path begins with: what its own server has beyond the base URL, or its whole address where that
 * is elsewhere on the same host. A server on another host is another API's, which must not be given the credential.
 * @throws ImportRefusal
 */
export function pathPrefixOf(operation: Operation, baseUrl: string, hints: AddressHints): string {
  const { value, item, itemPlace, place } = operation;
  const own = serversOf(value['servers'], step(place, 'servers'), hints);
  const servers = own.length > 0 ? own : serversOf(item['servers'], step(itemPlace, 'servers'), hints);
  const urls = servers.flatMap((server) => ('url' in server ? [server.url] : []));
  const [first] = urls;
  if (!first || urls.includes(baseUrl)) return '';
  const inside = urls.find((url) => url.startsWith(`${baseUrl}/`));
  if (inside) return inside.slice(baseUrl.length);
  const beside = urls.find((url) => originOf(url) !== undefined && originOf(url) === originOf(baseUrl));
  if (beside) return beside;
  throw new ImportRefusal(step(place, 'servers'), `is at ${first.slice(0, 100)}, not under the base URL`);
}

/**
 * The ways of authenticating, asking for what the address leaves open too.
 * @throws ImportRefusal when there is no account that could fill it in
 */
export function askForAddress(auth: AuthSpec[], baseUrl: string): AuthSpec[] {
  const names = [...new Set([...baseUrl.matchAll(OPEN_VARIABLE)].map(([, name = '']) => name))];
  if (names.length === 0) return auth;
  if (auth.length === 0) {
    throw new ImportRefusal(
      '/servers',
      `leaves open what {${names.join('}, {')}} is, and no account can say it: ${NEEDS_BASE_URL}`,
    );
  }
  const fields = names.map((name) =>
    authField(name, name, { description: `Part of the API's address, ${baseUrl.slice(0, 200)}.` }),
  );
  return auth.map((spec) => ({ ...spec, connectionFields: [...(spec.connectionFields ?? []), ...fields] }));
}

function originOf(url: string): string | undefined {
  return url.split('?')[0]?.includes('{') ? undefined : URL.parse(url)?.origin;
}

function serversOf(servers: unknown, place: string, { documentUrl }: AddressHints): Server[] {
  const list: unknown[] = Array.isArray(servers) ? servers : [];
  return list.flatMap((server, index): Server[] => {
    if (!isObject(server)) return [];
    const at = step(step(place, index), 'url');
    try {
      // No address at all is the default of the specification, `/`.
      const url = fill(stringOf(server['url'])?.trim() ?? '/', server['variables']);
      return [{ url: usable({ url: url || '/', place: at, documentUrl }) }];
    } catch (error) {
      if (!(error instanceof ImportRefusal)) throw error;
      return [{ place: error.place, reason: error.reason }];
    }
  });
}

/** Variables by their default, which may be empty, or a number or a truth that YAML made of it. */
function fill(url: string, variables: unknown): string {
  const values: JsonObject = isObject(variables) ? variables : {};
  return url.replace(/\{([^{}]+)\}/g, (whole, name: string) => {
    const variable = Object.hasOwn(values, name) ? values[name] : undefined;
    if (!isObject(variable)) return whole;
    const [first] = Array.isArray(variable['enum']) ? (variable['enum'] as unknown[]) : [];
    return textOf(variable['default']) ?? textOf(first) ?? whole;
  });
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
    ? String(value)
    : undefined;
}

/** A name with a dot or a port before the first slash, as `api.acme.example/v1`: a host whose scheme was forgotten. */
const BARE_HOST = /^(?:[\w-]+(?:\.[\w-]+)*\.[a-z]{2,}(?::\d+)?|(?:localhost|[\w.-]+\.[\w-]+):\d+)(?:\/|$)/i;
/** Such as `openapi.json`: a file beside the document. */
const FILE_NAME = /^[\w.-]+\.(?:json|ya?ml)$/i;

/** @throws ImportRefusal when it is no address that can be called */
function usable(server: { url: string; place: string; documentUrl: string | undefined }): string {
  const { place, documentUrl } = server;
  const isBareHost = BARE_HOST.test(server.url) && !FILE_NAME.test(server.url);
  const written = isBareHost ? `//${server.url}` : server.url;
  const isWhole = /^[a-z][a-z0-9+.-]*:/i.test(written) || /^\{[\w-]+\}:\/\//.test(written);
  const isOfHost = written.startsWith('//');
  if (!isWhole && !isOfHost && !documentUrl) {
    throw new ImportRefusal(
      place,
      `${written.slice(0, 100)} is relative to where the document was found, which is not known: ${NEEDS_BASE_URL}`,
    );
  }
  // A parser would take an open variable for a part of a name, or refuse it.
  const sample = written.replace(OPEN_VARIABLE, (_, name: string) => `0open-${hex(name)}-0`);
  const url = URL.parse(sample, documentUrl ?? 'https://host.invalid/');
  if (!url || !/^https?:$/.test(url.protocol) || url.hostname === '' || /[{}]|%7[bd]/i.test(url.href)) {
    throw new ImportRefusal(place, `${server.url.slice(0, 100)} is no http address: ${NEEDS_BASE_URL}`);
  }
  // What stands before the host is a credential, and after a # nothing that is sent.
  url.username = '';
  url.password = '';
  url.hash = '';
  const whole = url.href.replace(/0open-([0-9a-f]+)-0/g, (_, name: string) => `{${unhex(name)}}`);
  return whole.replace(/\/+$/, '');
}

const hex = (text: string) => Buffer.from(text).toString('hex');
const unhex = (text: string) => Buffer.from(text, 'hex').toString();
