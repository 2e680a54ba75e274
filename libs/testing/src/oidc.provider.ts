import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { freePort } from '@patchbay/local';
import type { default as Provider, OidcContext } from 'oidc-provider';
import { listenLocally, type LocalServer } from './local.server.js';
import type { TokenIssuer } from './mcp.servers.js';

export interface OidcProvider extends LocalServer, Pick<TokenIssuer, 'ownerOf'> {
  clientId: string;
  clientSecret: string;
  /** Of the platform itself, whose people sign in to the console here. */
  console: OidcApp;
}

interface OidcApp {
  clientId: string;
  clientSecret: string;
}

/** What the provider says of a person from now on; of one that it was told nothing of, it says the name alone. */
export type OidcPerson = { email?: string; email_verified?: boolean; name?: string; groups?: string[] };

/** What the provider saw of its clients, at `/seen`. */
export interface OidcSeen {
  /** The provider's clock, in milliseconds. */
  now: number;
  /** Every answer of the token endpoint that gave tokens, oldest first. */
  grants: { clientId: string; grantType: string; sub: string; accessToken: string; expiresAt: number }[];
  /** Every request to the token endpoint that was refused. A refresh token used twice says so here. */
  refusals: string[];
  /** Tokens that were revoked, in the order of the requests. */
  revoked: string[];
  /** All that must be kept secret: tokens, codes and states, and the secrets of clients that registered. */
  secrets: string[];
}

const LIFE_SECONDS = 3;

/**
 * npm oidc-provider as strict as it goes: PKCE for everybody, refresh tokens that are good once (a second
 * use ends the whole grant), access tokens of a few seconds. Its own screens, and an API that asks for a token. Clients
 * register, or are described by a document, which it reads where the platform listens: no TLS is in between here.
 */
export async function startOidcProvider(
  redirectUri: string,
  consoleRedirectUri = `${new URL(redirectUri).origin}/console/sign-in/callback`,
): Promise<OidcProvider> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const app = { clientId: 'strict-app', clientSecret: randomBytes(16).toString('hex') };
  const console = { clientId: 'console', clientSecret: randomBytes(16).toString('hex') };
  const people = new Map<string, OidcPerson>();
  const { default: ProviderClass } = await import('oidc-provider');
  const given = configuration(app, redirectUri);
  given.clients.push(clientOf(console, consoleRedirectUri));
  const findAccount = (_context: unknown, sub: string) => ({
    accountId: sub,
    claims: () => ({ sub, ...people.get(sub) }),
  });
  const provider = quietly(() => new ProviderClass(url, { ...given, findAccount }));
  observe(provider, people);
  const handle = provider.callback();
  const server = await listenLocally(port, handle);
  const ownerOf: TokenIssuer['ownerOf'] = async (given, resource) => {
    const token = await provider.AccessToken.find(given);
    return token && !token.isExpired && token.aud === resource ? token.accountId : undefined;
  };
  return { ...server, ...app, console, ownerOf };
}

function configuration(app: { clientId: string; clientSecret: string }, redirectUri: string) {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  return {
    clients: [clientOf(app, redirectUri)],
    claims: {
      openid: ['sub'],
      email: ['email', 'email_verified'],
      profile: ['name'],
      groups: ['groups'],
    },
    jwks: { keys: [{ ...privateKey.export({ format: 'jwk' }), use: 'sig' }] },
    cookies: { keys: [randomBytes(16).toString('hex')] },
    scopes: ['openid', 'offline_access'],
    pkce: { required: () => true },
    rotateRefreshToken: true,
    ttl: {
      AccessToken: LIFE_SECONDS,
      AuthorizationCode: 60,
      IdToken: 60,
      RefreshToken: 3600,
      Interaction: 600,
      Session: 3600,
      Grant: 3600,
    },
    fetch: (url: string, { headers }: RequestInit) =>
      fetch(new URL(new URL(url).pathname, redirectUri), { headers: headers ?? {}, redirect: 'manual' }),
    features: {
      clientIdMetadataDocument: { enabled: true, ack: 'draft-02' },
      registration: { enabled: true },
      revocation: { enabled: true },
      resourceIndicators: {
        enabled: true,
        getResourceServerInfo: (_context: unknown, resource: string) => ({ scope: '', audience: resource }),
      },
    },
  };
}

function clientOf({ clientId, clientSecret }: OidcApp, redirectUri: string) {
  return {
    client_id: clientId,
    client_secret: clientSecret,
    redirect_uris: [redirectUri],
    grant_types: ['authorization_code', 'refresh_token'],
    response_types: ['code'],
    token_endpoint_auth_method: 'client_secret_post',
  };
}

function observe(provider: Provider, people: Map<string, OidcPerson>): void {
  const seen: Omit<OidcSeen, 'now'> = { grants: [], refusals: [], revoked: [], secrets: [] };
  provider.on('grant.error', (_context, { error, error_detail: detail }) => {
    seen.refusals.push(detail ? `${error}: ${detail}` : error);
  });
  provider.use(async (context, next) => {
    if (context.path === '/seen') {
      context.body = { now: Date.now(), ...seen };
      return;
    }
    if (context.path.startsWith('/people/')) {
      const { searchParams } = new URL(context.href);
      people.set(
        context.path.slice('/people/'.length),
        JSON.parse(searchParams.get('is') ?? '{}') as OidcPerson,
      );
      context.body = {};
      return;
    }
    if (context.path.startsWith('/api/')) {
      const token = await provider.AccessToken.find(context.get('authorization').replace(/^Bearer /, ''));
      const isGood = token && !token.isExpired;
      context.status = isGood ? 200 : 401;
      context.body = isGood ? { name: token.accountId } : { error: 'invalid_token' };
      return;
    }
    await next();
    await note(provider, seen, context);
  });
}

async function note(provider: Provider, seen: Omit<OidcSeen, 'now'>, context: OidcContext): Promise<void> {
  const answer = (context.body ?? {}) as Record<string, unknown>;
  for (const name of ['access_token', 'refresh_token', 'client_secret', 'registration_access_token']) {
    if (typeof answer[name] === 'string') seen.secrets.push(answer[name]);
  }
  const { state, token: revoked, grant_type: grantType = '' } = context.oidc?.params ?? {};
  const { searchParams } = new URL(context.response.get('location') || '/', 'http://localhost');
  for (const secret of [state, searchParams.get('code')]) if (secret) seen.secrets.push(secret);
  if (context.path === '/token/revocation' && revoked) seen.revoked.push(revoked);
  if (context.path !== '/token' || context.status !== 200) return;
  const accessToken = String(answer['access_token']);
  const token = await provider.AccessToken.find(accessToken);
  if (!token) return;
  const { accountId: sub, clientId, exp } = token;
  seen.grants.push({ clientId, grantType, sub, accessToken, expiresAt: exp * 1000 });
}

/** It warns at length of all that a server for tests is not made for. */
function quietly<T>(work: () => T): T {
  const { warn, info } = console;
  console.warn = () => undefined;
  console.info = () => undefined;
  try {
    return work();
  } finally {
    Object.assign(console, { warn, info });
  }
}

/** Tells a running provider who a person is: what signs in under that name next. */
export async function oidcKnows(url: string, sub: string, person: OidcPerson): Promise<void> {
  const query = new URLSearchParams({ is: JSON.stringify(person) });
  await fetch(`${url}/people/${sub}?${query.toString()}`, { method: 'POST' });
}

/** Asks a running provider what it saw. */
export async function oidcSeen(url: string): Promise<OidcSeen> {
  return (await (await fetch(`${url}/seen`)).json()) as OidcSeen;
}
