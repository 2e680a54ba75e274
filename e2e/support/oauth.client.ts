import { createHash, randomBytes } from 'node:crypto';
import { z } from 'zod';
import { environment } from './environment.js';
import { call, type Answer } from './http.js';

const Metadata = z.object({
  issuer: z.string(),
  authorization_endpoint: z.url(),
  token_endpoint: z.url(),
  registration_endpoint: z.url(),
  revocation_endpoint: z.url(),
});
const Tokens = z.object({
  access_token: z.string(),
  refresh_token: z.string(),
  token_type: z.literal('Bearer'),
  expires_in: z.number(),
});
export type Tokens = z.infer<typeof Tokens>;

const REDIRECT_URI = 'http://127.0.0.1:9/callback';

/** A client of the platform's authorization server that does each step by hand, so that tests can do one wrongly. */
export class OAuthClient {
  readonly verifier = randomBytes(32).toString('base64url');
  readonly state = randomBytes(8).toString('hex');

  private constructor(
    readonly clientId: string,
    readonly metadata: z.infer<typeof Metadata>,
    readonly redirectUri: string,
  ) {}

  /** Registers itself, unless it has an id already. */
  static async at(clientId?: string, redirectUri = REDIRECT_URI): Promise<OAuthClient> {
    const wellKnown = `${environment.baseUrl}/.well-known/oauth-authorization-server`;
    const metadata = Metadata.parse((await call(wellKnown, { apiKey: null })).body);
    if (clientId) return new OAuthClient(clientId, metadata, redirectUri);
    const body = { client_name: 'A client of the tests', redirect_uris: [redirectUri] };
    const answer = await call(metadata.registration_endpoint, { apiKey: null, body });
    const registered = z.object({ client_id: z.string() }).parse(answer.body);
    return new OAuthClient(registered.client_id, metadata, redirectUri);
  }

  authorizeUrl(parameters: Record<string, string> = {}): string {
    const url = new URL(this.metadata.authorization_endpoint);
    const challenge = createHash('sha256').update(this.verifier).digest('base64url');
    url.search = new URLSearchParams({
      response_type: 'code',
      client_id: this.clientId,
      redirect_uri: this.redirectUri,
      code_challenge: challenge,
      code_challenge_method: 'S256',
      state: this.state,
      ...parameters,
    }).toString();
    return url.href;
  }

  /** What the consent page does with an access code, and where it sends the browser. */
  async consent(accessCode: string, parameters: Record<string, string> = {}): Promise<URL | undefined> {
    const answer = await fetch(this.authorizeUrl(parameters), {
      method: 'POST',
      body: new URLSearchParams({ access_code: accessCode }),
    });
    const forward = /http-equiv="refresh" content="0;url=([^"]+)"/.exec(await answer.text())?.[1];
    return forward === undefined ? undefined : new URL(forward.replaceAll('&amp;', '&'));
  }

  token(parameters: Record<string, string>): Promise<Answer> {
    return call(this.metadata.token_endpoint, {
      apiKey: null,
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams({ client_id: this.clientId, ...parameters }).toString(),
    });
  }

  async exchange(code: string, parameters: Record<string, string> = {}): Promise<Answer> {
    const { redirectUri: redirect_uri, verifier: code_verifier } = this;
    return this.token({
      grant_type: 'authorization_code',
      code,
      redirect_uri,
      code_verifier,
      ...parameters,
    });
  }

  /** All steps, done rightly. */
  async tokensFor(accessCode: string, resource: string): Promise<Tokens> {
    const back = await this.consent(accessCode, { resource });
    return Tokens.parse((await this.exchange(String(back?.searchParams.get('code')), { resource })).body);
  }

  static readonly parse = (answer: Answer): Tokens => Tokens.parse(answer.body);
}
