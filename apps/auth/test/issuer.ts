import { createHmac } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A request as the provider saw it. */
export interface Heard {
  path: string;
  authorization: string;
  form: URLSearchParams;
  json: Record<string, unknown> | undefined;
}
type Answer = (response: ServerResponse, heard: Heard) => void;

export const answer =
  (status: number, body: unknown): Answer =>
  (response) =>
    void response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));

/** An answer as it is, whatever its type says. */
export const raw =
  (status: number, body: string | Buffer, type?: string): Answer =>
  (response) =>
    void response.writeHead(status, type === undefined ? {} : { 'content-type': type }).end(body);

const SECRETS = { consumer: 'consumer-secret', request: 'request-secret' };

/**
 * A provider that gives numbered tokens by every grant there is. With `rotates` each refresh token is
 * good once. `instead` answers a path in its own way until `reset`.
 */
export async function startIssuer() {
  const heard: Heard[] = [];
  const rules = { expiresIn: 3_600 as number | undefined, rotates: true, secondRefresh: true };
  const instead: Record<string, Answer> = {};
  let made = 0;
  let refreshToken = 'refresh-0';

  const tokens = () => {
    made += 1;
    if (rules.rotates) refreshToken = `refresh-${made}`;
    return {
      access_token: `access-${made}`,
      token_type: 'bearer',
      ...(rules.secondRefresh && rules.rotates && { refresh_token: refreshToken }),
      ...(rules.expiresIn && { expires_in: rules.expiresIn }),
    };
  };
  const routes: Record<string, Answer> = {
    '/token': (response, { form }) => {
      const isRefresh = form.get('grant_type') === 'refresh_token';
      if (isRefresh && form.get('refresh_token') !== refreshToken) {
        return answer(400, { error: 'invalid_grant', error_description: 'Unknown refresh token' })(
          response,
          {} as Heard,
        );
      }
      const given = tokens();
      const first = form.get('grant_type') === 'authorization_code' && { refresh_token: refreshToken };
      answer(200, { ...given, ...first })(response, {} as Heard);
    },
    '/register': answer(201, {
      client_id: 'registered',
      client_secret: 'registered-secret',
      client_secret_expires_at: 0,
    }),
    '/revoke': answer(200, {}),
    '/login': (response, request) => answer(200, { jwt: tokens().access_token })(response, request),
    '/app/installations/7/access_tokens': (response, request) =>
      answer(201, {
        token: tokens().access_token,
        expires_at: new Date(Date.now() + (rules.expiresIn ?? 3_600) * 1000).toISOString(),
      })(response, request),
    '/request_token': (response, { authorization }) =>
      sendForm(response, isSigned(url, '/request_token', authorization, ''), {
        oauth_token: 'request-1',
        oauth_token_secret: SECRETS.request,
        oauth_callback_confirmed: 'true',
      }),
    '/access_token': (response, { authorization }) =>
      sendForm(response, isSigned(url, '/access_token', authorization, SECRETS.request), {
        oauth_token: 'oauth1-token',
        oauth_token_secret: 'oauth1-secret',
      }),
    '/sites': (response, { authorization }) => {
      const isKnown = authorization === `Basic ${Buffer.from('k-1:42').toString('base64')}`;
      const sites = isKnown ? [{ id: 's-1', url: 'https://one.example' }] : [];
      answer(200, sites)(response, {} as Heard);
    },
    '/me': (response, request) =>
      request.authorization === 'Bearer wrong'
        ? answer(401, {})(response, request)
        : answer(200, { login: 'octocat' })(response, request),
  };
  const server = createServer((request, response) => {
    void readBody(request).then((body) => {
      const path = new URL(request.url ?? '/', 'http://provider').pathname;
      const entry = {
        path,
        authorization: request.headers.authorization ?? '',
        form: new URLSearchParams(body),
        json: body.startsWith('{') ? (JSON.parse(body) as Record<string, unknown>) : undefined,
      };
      heard.push(entry);
      (instead[path] ?? routes[path] ?? answer(404, {}))(response, entry);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url,
    rules,
    instead,
    heardAt: (path: string) => heard.filter((entry) => entry.path === path),
    /** Forgets what it heard and gave; `refresh-0` is good again. */
    reset: () => {
      heard.length = 0;
      made = 0;
      refreshToken = 'refresh-0';
      Object.assign(rules, { expiresIn: 3_600, rotates: true, secondRefresh: true });
      for (const path of Object.keys(instead)) delete instead[path];
    },
    /** Lets a path wait: a request is answered once `go` is called. */
    hold: (path: string) => {
      let go = () => {};
      const gate = new Promise<void>((resolve) => (go = resolve));
      instead[path] = (response, request) => void gate.then(() => routes[path]?.(response, request));
      return go;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(resolve);
        server.closeAllConnections();
      }),
  };
}

export type Issuer = Awaited<ReturnType<typeof startIssuer>>;

/** RFC 5849, section 3.4, done once more and by hand. */
export function isSigned(base: string, path: string, header: string, tokenSecret: string, method = 'POST') {
  const pairs = [...header.replace(/^OAuth /, '').matchAll(/([\w]+)="([^"]*)"/g)];
  const given = Object.fromEntries(pairs.map(([, name, value]) => [name, decodeURIComponent(String(value))]));
  const { oauth_signature: signature, ...signed } = given;
  const encode = (text: string) =>
    encodeURIComponent(text).replace(
      /[!'()*]/g,
      (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
    );
  const parameters = Object.entries(signed)
    .map(([name, value]) => `${encode(name)}=${encode(String(value))}`)
    .toSorted()
    .join('&');
  const text = [method, base + path, parameters].map(encode).join('&');
  const key = `${SECRETS.consumer}&${tokenSecret}`;
  return createHmac('sha1', key).update(text).digest('base64') === signature;
}

function sendForm(response: ServerResponse, isGood: boolean, body: Record<string, string>): void {
  response.writeHead(isGood ? 200 : 401).end(new URLSearchParams(isGood ? body : {}).toString());
}

async function readBody(request: IncomingMessage): Promise<string> {
  let body = '';
  for await (const chunk of request) body += String(chunk);
  return body;
}
