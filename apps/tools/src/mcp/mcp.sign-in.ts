import { Injectable } from '@nestjs/common';
import { checkResourceAllowed } from '@modelcontextprotocol/client';
import { outsideText } from '@patchbay/contracts';
import { asGiven, OutboundClient, type OutboundPurpose } from '@patchbay/service';
import { isSameIdentifier, type DcrOAuthSpec, type TokenAuthMethod } from '@patchbay/toolkits';
import { cannotSignIn, discoverSignIn } from './mcp.metadata.js';
import type { SignInChallenge } from './mcp.session.js';

const DISCOVERY_LIMIT_MS = 10_000;
/** Of one document about a server, which is a page of addresses and names. */
const METADATA_LIMITS = { timeoutMs: DISCOVERY_LIMIT_MS, maxBytes: 128 * 1024 };
/** Of an address or a name in it, which goes on into an address that browsers open. */
const MAX_CHARACTERS = 2_000;
const MAX_SCOPES = 100;
const MAX_SCOPE_CHARACTERS = 200;
/** In the order in which they are liked. */
const TOKEN_AUTH_METHODS: TokenAuthMethod[] = ['client_secret_post', 'client_secret_basic', 'none'];

/** How accounts sign in to MCP servers. */
@Injectable()
export class McpSignIn {
  constructor(private readonly http: OutboundClient) {}

  /**
   * As the server and its authorization server say it (RFC 9728, RFC 8414).
   * @throws AppError `invalid_request` when users cannot sign in that way
   */
  async discover(
    { slug, url }: { slug: string; url: string },
    { resourceMetadataUrl, scope }: SignInChallenge,
  ): Promise<DcrOAuthSpec> {
    const own: OutboundPurpose = { for: 'toolkit', toolkit: slug };
    // A server out on the internet does not lead into the operator's network.
    const purpose = this.http.mayBePrivate(new URL(url), own) ? own : asGiven(own);
    const fetch = this.http.fetchFor(purpose, METADATA_LIMITS);
    const limit = AbortSignal.timeout(DISCOVERY_LIMIT_MS);
    const { server, resource: described } = await discoverSignIn(
      url,
      (input, init) => fetch(input, { ...init, signal: limit }),
      resourceMetadataUrl,
    );
    const { code_challenge_methods_supported: challenges = [], scopes_supported: offered } = server;
    if (challenges.length > 0 && !challenges.some((method) => /^s256$/i.test(method))) {
      throw cannotSignIn('The MCP server wants a sign-in without PKCE, which is not safe.');
    }
    const resource = described?.resource;
    const isMeant =
      !resource ||
      isSameIdentifier(resource, url) ||
      checkResourceAllowed({ requestedResource: url, configuredResource: resource });
    if (!isMeant) {
      throw cannotSignIn(
        `The MCP server names another one as what its tokens are for: ${outsideText(resource)}`,
      );
    }
    const revocationUrl = 'revocation_endpoint' in server ? server.revocation_endpoint : undefined;
    const staysSignedIn = offered?.includes('offline_access');
    const scopes = bounded(scope?.split(/\s+/) ?? described?.scopes_supported ?? []);
    const address = (given: string | URL) => this.addressOf(given, own, purpose);
    const { token_endpoint_auth_methods_supported: named = [] } = server;
    const methods = named.length > 0 ? named : ['client_secret_basic'];
    return {
      scheme: 'DCR_OAUTH',
      registrationUrl: address(server.registration_endpoint ?? ''),
      authorizationUrl: short(server.authorization_endpoint),
      tokenUrl: address(server.token_endpoint),
      ...(revocationUrl && { revocationUrl: address(revocationUrl) }),
      issuer: short(server.issuer),
      ...(server.authorization_response_iss_parameter_supported === true && { namesIssuer: true }),
      tokenAuthMethod: TOKEN_AUTH_METHODS.find((method) => methods.includes(method)) ?? 'client_secret_post',
      scopes: [...new Set([...scopes, ...(staysSignedIn ? ['offline_access'] : [])])],
      // OpenID Connect Core, section 11: without it no refresh token is issued.
      ...(staysSignedIn && { extraParameters: { prompt: 'consent' } }),
      ...(resource && { resource: short(resource) }),
    };
  }

  /** One to which tokens will be sent: where this server may lead, and no further. */
  private addressOf(given: string | URL, own: OutboundPurpose, purpose: OutboundPurpose): string {
    const address = new URL(short(given));
    if (this.http.mayBePrivate(address, own) !== this.http.mayBePrivate(address, purpose)) {
      throw cannotSignIn(
        `The MCP server wants a sign-in at ${address.host}, which is not for others to name.`,
      );
    }
    return address.href;
  }
}

/** @throws AppError for an address or a name that is longer than any is */
function short(given: string | URL): string {
  const text = String(given);
  if (text.length <= MAX_CHARACTERS) return text;
  throw cannotSignIn(
    `The MCP server describes its sign-in by more than ${MAX_CHARACTERS} characters: ${outsideText(text, 100)}`,
  );
}

function bounded(scopes: readonly string[]): string[] {
  return scopes.filter((scope) => scope !== '' && scope.length <= MAX_SCOPE_CHARACTERS).slice(0, MAX_SCOPES);
}
