import { Inject, Injectable } from '@nestjs/common';
import { checkResourceAllowed, type AuthorizationServerMetadata } from '@modelcontextprotocol/client';
import { outsideText } from '@patchbay/contracts';
import { asGiven, documentRefusal, OutboundClient, type OutboundPurpose } from '@patchbay/service';
import { isSameIdentifier, type CodeGrantSpec, type TokenAuthMethod } from '@patchbay/toolkits';
import { CONFIG } from '../settings.module.js';
import { cannotSignIn, discoverSignIn } from './mcp.metadata.js';
import type { SignInChallenge } from './server.connection.js';

const DISCOVERY_LIMIT_MS = 10_000;
/** Of one document about a server, which is a page of addresses and names. */
const METADATA_LIMITS = { timeoutMs: DISCOVERY_LIMIT_MS, maxBytes: 128 * 1024 };
/** Of an address or a name in it, which goes on into an address that browsers open. */
const MAX_CHARACTERS = 2_000;
const MAX_SCOPES = 100;
const MAX_SCOPE_CHARACTERS = 200;
/** In the order in which they are liked. */
const TOKEN_AUTH_METHODS: TokenAuthMethod[] = ['client_secret_post', 'client_secret_basic', 'none'];

type ClientScheme = 'CIMD_OAUTH' | 'DCR_OAUTH' | 'OAUTH2';
/** As the MCP specification has it (2025-11-25, authorization, client registration). */
const PREFERENCE: ClientScheme[] = ['CIMD_OAUTH', 'DCR_OAUTH'];

/** How accounts sign in to MCP servers. */
@Injectable()
export class McpSignIn {
  private readonly documentRefusal: string | undefined;

  constructor(
    private readonly http: OutboundClient,
    @Inject(CONFIG) { PUBLIC_URL }: { PUBLIC_URL: string },
  ) {
    this.documentRefusal = documentRefusal(PUBLIC_URL);
  }

  /**
   * As the server and its authorization server say it (RFC 9728, RFC 8414): each way in which we can be a client there, the
   * preferred one first.
   * @param only the one way that is wanted; `OAUTH2`, by an app of somebody's own, is none that is taken unasked
   * @throws AppError `invalid_request` when users cannot sign in that way
   */
  async discover(
    { slug, url }: { slug: string; url: string },
    { resourceMetadataUrl, scope }: SignInChallenge,
    only?: ClientScheme,
  ): Promise<CodeGrantSpec[]> {
    const own: OutboundPurpose = { for: 'toolkit', toolkit: slug };
    // A server out on the internet does not lead into the operator's network.
    const purpose = this.http.mayBePrivate(new URL(url), own) ? own : asGiven(own);
    const fetch = this.http.fetchFor(purpose, METADATA_LIMITS);
    const limit = AbortSignal.timeout(DISCOVERY_LIMIT_MS);
    const { server, resource: described } = await discoverSignIn(
      url,
      (input, init) => fetch(input, { ...init, signal: limit }),
      (found) => {
        const { schemes, refusal } = this.waysInto(found, only);
        return schemes.length > 0 || refusal;
      },
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
    const shared = {
      authorizationUrl: short(server.authorization_endpoint),
      tokenUrl: address(server.token_endpoint),
      ...(revocationUrl && { revocationUrl: address(revocationUrl) }),
      issuer: short(server.issuer),
      scopes: [...new Set([...scopes, ...(staysSignedIn ? ['offline_access'] : [])])],
      // OpenID Connect Core, section 11: without it no refresh token is issued.
      ...(staysSignedIn && { extraParameters: { prompt: 'consent' } }),
      ...(resource && { resource: short(resource) }),
    };
    const named = authMethodsOf(server);
    const methods = named.length > 0 ? named : ['client_secret_basic'];
    const tokenAuthMethod =
      TOKEN_AUTH_METHODS.find((method) => methods.includes(method)) ?? 'client_secret_post';
    const naming = namesIssuer(server) && { namesIssuer: true };
    return this.waysInto(server, only).schemes.map((scheme) => {
      if (scheme === 'CIMD_OAUTH') return { scheme, ...shared, namesIssuer: true, tokenAuthMethod: 'none' };
      const registration = scheme === 'DCR_OAUTH' && {
        registrationUrl: address(server.registration_endpoint ?? ''),
      };
      return { scheme, ...shared, ...registration, ...naming, tokenAuthMethod } as CodeGrantSpec;
    });
  }

  /** How we can be a client of a server, the preferred way first; without any, why not. */
  private waysInto(
    server: AuthorizationServerMetadata,
    only?: ClientScheme,
  ): { schemes: ClientScheme[]; refusal: string } {
    const reasons: Record<ClientScheme, string | undefined> = {
      CIMD_OAUTH: this.whyNotByDocument(server),
      DCR_OAUTH: server.registration_endpoint ? undefined : 'lets no client register itself',
      OAUTH2: undefined,
    };
    const wanted = only ? [only] : PREFERENCE;
    return {
      schemes: wanted.filter((scheme) => reasons[scheme] === undefined),
      refusal: wanted
        .toReversed()
        .map((scheme) => reasons[scheme])
        .join(', and '),
    };
  }

  private whyNotByDocument(server: AuthorizationServerMetadata): string | undefined {
    const named = authMethodsOf(server);
    if (server['client_id_metadata_document_supported'] !== true) return 'lets none describe itself';
    if (!namesIssuer(server)) return 'does not say in its answers that they are its own (RFC 9207)';
    if (named.length > 0 && !named.includes('none')) return 'takes no public client';
    return this.documentRefusal && `would read who Patchbay is at PUBLIC_URL, which ${this.documentRefusal}`;
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

function namesIssuer(server: AuthorizationServerMetadata): boolean {
  return server.authorization_response_iss_parameter_supported === true;
}

function authMethodsOf(server: AuthorizationServerMetadata): readonly string[] {
  return server.token_endpoint_auth_methods_supported ?? [];
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
