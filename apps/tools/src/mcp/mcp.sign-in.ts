import { Injectable } from '@nestjs/common';
import { checkResourceAllowed, discoverOAuthServerInfo } from '@modelcontextprotocol/client';
import { AppError } from '@patchbay/contracts';
import { OutboundClient } from '@patchbay/service';
import type { DcrOAuthSpec, TokenAuthMethod } from '@patchbay/toolkits';
import type { SignInChallenge } from './mcp.session.js';

const DISCOVERY_LIMIT_MS = 10_000;
/** In the order in which they are liked. */
const TOKEN_AUTH_METHODS: TokenAuthMethod[] = ['client_secret_post', 'client_secret_basic', 'none'];

/** How accounts sign in to MCP servers. */
@Injectable()
export class McpSignIn {
  constructor(private readonly http: OutboundClient) {}

  /**
   * As the server and its authorization server say it (RFC 9728, RFC 8414).
   * @throws AppError `invalid_request` when nobody can sign in that way
   */
  async discover(url: string, { resourceMetadataUrl, scope }: SignInChallenge): Promise<DcrOAuthSpec> {
    const limit = AbortSignal.timeout(DISCOVERY_LIMIT_MS);
    const { authorizationServerMetadata: server, resourceMetadata } = await discoverOAuthServerInfo(url, {
      fetchFn: (input, init) => this.http.fetch(input, { ...init, signal: limit }),
      ...(resourceMetadataUrl && { resourceMetadataUrl }),
    });
    if (!server?.registration_endpoint) {
      throw cannotSignIn('The MCP server wants a sign-in at which no client can register itself.');
    }
    const { code_challenge_methods_supported: challenges, scopes_supported: offered } = server;
    if (challenges && !challenges.includes('S256')) {
      throw cannotSignIn('The MCP server wants a sign-in without PKCE, which is not safe.');
    }
    const resource = resourceMetadata?.resource;
    if (resource && !checkResourceAllowed({ requestedResource: url, configuredResource: resource })) {
      throw cannotSignIn(`The MCP server names another one as what its tokens are for: ${resource}`);
    }
    const revocationUrl = 'revocation_endpoint' in server ? server.revocation_endpoint : undefined;
    const staysSignedIn = offered?.includes('offline_access');
    const scopes = scope?.split(' ') ?? resourceMetadata?.scopes_supported ?? [];
    const methods = server.token_endpoint_auth_methods_supported ?? ['client_secret_basic'];
    return {
      scheme: 'DCR_OAUTH',
      registrationUrl: String(server.registration_endpoint),
      authorizationUrl: String(server.authorization_endpoint),
      tokenUrl: String(server.token_endpoint),
      ...(revocationUrl && { revocationUrl }),
      issuer: server.issuer,
      ...(server.authorization_response_iss_parameter_supported === true && { namesIssuer: true }),
      tokenAuthMethod: TOKEN_AUTH_METHODS.find((method) => methods.includes(method)) ?? 'client_secret_post',
      scopes: [...new Set([...scopes, ...(staysSignedIn ? ['offline_access'] : [])])],
      // OpenID Connect Core, section 11: without it nobody gets a refresh token.
      ...(staysSignedIn && { extraParameters: { prompt: 'consent' } }),
      ...(resource && { resource }),
    };
  }
}

function cannotSignIn(message: string): AppError {
  return new AppError('invalid_request', message, {
    suggestion: 'Give the server a token of yours in source.headers.',
  });
}
