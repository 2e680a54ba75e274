import {
  discoverAuthorizationServerMetadata,
  discoverOAuthProtectedResourceMetadata,
  type AuthorizationServerMetadata,
  type OAuthProtectedResourceMetadata,
} from '@modelcontextprotocol/client';
import { AppError, outsideText } from '@patchbay/contracts';
import type { OutboundFetch } from '@patchbay/service';
import { isSameIdentifier } from '@patchbay/toolkits';
import { readDocument } from './metadata.reader.js';

export interface SignInMetadata {
  server: AuthorizationServerMetadata;
  resource: OAuthProtectedResourceMetadata | undefined;
}

/** Authorization servers that are asked, of those that an MCP server names. */
const MOST_SERVERS = 5;

/**
 * What an MCP server says of its sign-in, and its authorization server of itself (RFC 9728, RFC 8414, OpenID Connect
 * Discovery). The library knows where these documents lie; they are read leniently before it sees them, and whatever is
 * none is as if it were not there, so that the next place is looked at.
 * @param canSignIn whether clients of ours can sign in there, or why not
 * @throws AppError `invalid_request` saying what was found instead; `unavailable` when a server did not answer
 */
export async function discoverSignIn(
  url: string,
  fetch: OutboundFetch,
  canSignIn: (server: AuthorizationServerMetadata) => true | string,
  resourceMetadataUrl?: URL,
): Promise<SignInMetadata> {
  const seen: string[] = [];
  let isAway = false;
  const fetchFn = async (input: string | URL, init?: RequestInit): Promise<Response> => {
    const response = await fetch(input, init);
    const { host, pathname } = new URL(input);
    const found = readDocument(await response.text(), new URL(input), url);
    if (response.ok && found) return Response.json(found);
    if (response.status >= 300 && response.status < 400) return response;
    isAway ||= response.status >= 500;
    seen.push(`${host}${pathname} (${response.ok ? 'not JSON' : response.status})`);
    return new Response(null, { status: 404 });
  };
  const named = resourceMetadataUrl && { resourceMetadataUrl };
  const resource = await discoverOAuthProtectedResourceMetadata(url, named, fetchFn).catch(orNone);
  const listed = resource?.authorization_servers?.slice(0, MOST_SERVERS) ?? [];
  // Without a word of it, it is the server's own: at its root, or where it is itself mounted.
  const places = listed.length > 0 ? listed : [new URL('/', url).href, url];
  const others: string[] = [];
  let failure: unknown;
  for (const place of places) {
    const options = { fetchFn, skipIssuerValidation: true };
    const server = await discoverAuthorizationServerMetadata(place, options).catch((error: unknown) => {
      // Another one may answer.
      if (error instanceof AppError) failure ??= error;
      else others.push(`${outsideText(place, 200)} describes itself without a usable ${wrongIn(error)}.`);
      return undefined;
    });
    if (!server) continue;
    if (!isSameIdentifier(server.issuer, place)) {
      others.push(`${outsideText(place, 200)} says that it is ${outsideText(server.issuer, 200)}.`);
      continue;
    }
    const answer = canSignIn(server);
    if (answer === true) return { server, resource };
    others.push(`${outsideText(place, 200)} ${answer}.`);
  }
  if (others.length > 0) {
    throw cannotSignIn(`The MCP server wants a sign-in that is not possible: ${others.join(' ')}`);
  }
  if (failure) throw failure;
  if (isAway)
    throw new AppError(
      'unavailable',
      `The sign-in of the MCP server is not described at the moment: ${seen.join(', ')}.`,
    );
  throw cannotSignIn(
    `The MCP server wants a sign-in, and says nowhere how to: no description of it at ${seen.join(', ')}.`,
  );
}

export function cannotSignIn(message: string): AppError {
  return new AppError('invalid_request', message, {
    suggestion:
      'Give the server a token of yours in source.headers, or ask those who run it to let clients register (RFC 7591) or describe themselves (draft-ietf-oauth-client-id-metadata-document, with RFC 9207).',
  });
}

/** The field that the library's schema complains of, without its words, which are for programmers. */
function wrongIn(error: unknown): string {
  const { issues } = error as { issues?: { path: PropertyKey[] }[] };
  return outsideText(String(issues?.[0]?.path[0] ?? 'document'), 100);
}

/** A document that the library cannot use is none. What could not be asked for is told as it is. */
function orNone(error: unknown): undefined {
  if (error instanceof AppError) throw error;
}
