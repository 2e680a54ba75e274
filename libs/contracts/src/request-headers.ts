/**
 * Which headers of a request may be set by another party than the client that sends it: a caller, a project, an
 * API's document. Every door that takes headers asks `headerRefusal`, and so does the last one before the network.
 */

/** What the connection is about, and who sends over it (RFC 9110, sections 7.2, 7.6 and 10.1.1; RFC 9112; RFC 7239). */
const OF_THE_CONNECTION =
  /^(host|connection|keep-alive|content-length|transfer-encoding|te|trailer|upgrade|expect|http2-settings|proxy-.*)$/;
const OF_THE_SENDER =
  /^(forwarded|via|x-forwarded(-.*)?|x-real-ip|x-client-ip|x-cluster-client-ip|true-client-ip|cf-connecting-ip|fastly-client-ip|patchbay-.*)$/;
/** What browsers keep to themselves, and what makes a request another one than its first line says. */
const OF_THE_REQUEST =
  /^(sec-.*|x-original-(url|uri|host|method)|x-rewrite-url|x-http-method(-override)?|x-method-override)$/;
/** What the Model Context Protocol itself sends over HTTP. */
const OF_MCP = /^(mcp-.*|last-event-id|accept|content-type)$/;

/** RFC 9110, section 5.6.2. */
const NAME = /^[\w!#$%&'*+.^`|~-]{1,200}$/;
/** RFC 9110, section 5.5: a line break would begin another header. */
const FORBIDDEN_IN_VALUE = /[^\t\x20-\x7e\x80-\xff]/;

export interface HeaderPlace {
  /** The credential of an account that goes with the request, which the header must not touch. */
  credential?: { headers: Record<string, string> } | undefined;
  /** Whether the request is one of the Model Context Protocol, whose headers are its client's. */
  isMcp?: boolean;
}

/** Why a header cannot be set as asked for; undefined when it can. The reason does not contain the value. */
export function headerRefusal(name: string, value: string, place: HeaderPlace = {}): string | undefined {
  const lower = name.toLowerCase();
  if (!NAME.test(name)) return 'is no name of a header';
  if (FORBIDDEN_IN_VALUE.test(value)) return 'has a value that no header can hold';
  if ([OF_THE_CONNECTION, OF_THE_SENDER, OF_THE_REQUEST].some((own) => own.test(lower)))
    return 'is a header that only the platform sets';
  if (place.isMcp && OF_MCP.test(lower)) return 'is a header of the Model Context Protocol itself';
  if (!place.credential) return undefined;
  // A cookie is a session at the provider: beside a credential it would make the request another user's.
  const taken = ['cookie', ...Object.keys(place.credential.headers).map((other) => other.toLowerCase())];
  return taken.includes(lower) ? "is set by the account's credential" : undefined;
}

/** Later ones take the place of earlier ones, in whatever case they are written. Names are given in lower case. */
export function mergeHeaders(
  ...layers: (Readonly<Record<string, string>> | undefined | false)[]
): Record<string, string> {
  const merged: Record<string, string> = {};
  for (const layer of layers) {
    if (!layer) continue;
    for (const name of Object.keys(layer)) merged[name.toLowerCase()] = layer[name] ?? '';
  }
  return merged;
}
