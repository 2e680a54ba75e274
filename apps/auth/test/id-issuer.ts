import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, SignJWT, type JWTPayload } from 'jose';

export const CLIENT = { id: 'patchbay', secret: 'the secret of the client' };

/** An OpenID provider in this process that says of people what a test wants, and errs as it wants. */
export interface IdIssuer {
  url: string;
  /** What the next ID token says, besides what it has to. */
  claims: JWTPayload;
  /** What `userinfo` says; null: it fails. */
  userInfo: object | null;
  /** Changes what the next ID token has to say. */
  wrong: JWTPayload;
  /** Signs with a key that is not among the published ones. */
  signsWithOther: boolean;
  /** Of the token endpoint. */
  exchanges: URLSearchParams[];
  reset(): void;
  close(): Promise<void>;
}

/** Every code is good for the nonce that it holds: `code` is what stands in for a person’s sign-in. */
export async function startIdIssuer(): Promise<IdIssuer> {
  const [good, other] = [await generateKeyPair('RS256'), await generateKeyPair('RS256')];
  const jwk = { ...(await exportJWK(good.publicKey)), kid: 'one', use: 'sig', alg: 'RS256' };
  const server = createServer((request, response) => void answer(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const issuer: IdIssuer = {
    url,
    claims: {},
    userInfo: {},
    wrong: {},
    signsWithOther: false,
    exchanges: [],
    reset() {
      Object.assign(this, { claims: {}, userInfo: {}, wrong: {}, signsWithOther: false, exchanges: [] });
    },
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const json = (status: number, body: unknown) =>
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    switch (new URL(request.url ?? '/', url).pathname) {
      case '/.well-known/openid-configuration':
        return void json(200, {
          issuer: url,
          authorization_endpoint: `${url}/authorize`,
          token_endpoint: `${url}/token`,
          userinfo_endpoint: `${url}/userinfo`,
          jwks_uri: `${url}/keys`,
          end_session_endpoint: `${url}/end`,
          response_types_supported: ['code'],
          subject_types_supported: ['public'],
          id_token_signing_alg_values_supported: ['RS256'],
        });
      case '/keys':
        return void json(200, { keys: [jwk] });
      case '/userinfo':
        if (issuer.userInfo === null) return void json(500, {});
        return void json(200, { sub: issuer.claims.sub ?? 'ada', ...issuer.userInfo });
      default: {
        const form = new URLSearchParams(await bodyOf(request));
        issuer.exchanges.push(form);
        const now = Math.floor(Date.now() / 1_000);
        const says = {
          iss: url,
          aud: CLIENT.id,
          sub: 'ada',
          iat: now,
          exp: now + 60,
          nonce: form.get('code'),
        };
        const token = new SignJWT({ ...says, ...issuer.claims, ...issuer.wrong } as JWTPayload)
          .setProtectedHeader({ alg: 'RS256', kid: 'one' })
          .sign(issuer.signsWithOther ? other.privateKey : good.privateKey);
        json(200, { access_token: 'a', token_type: 'bearer', id_token: await token });
      }
    }
  }
  return issuer;
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const chunk of request) text += String(chunk);
  return text;
}
