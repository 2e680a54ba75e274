import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

type Answer = (response: ServerResponse) => void;

export const ACCESS_TOKEN = 'gho_plain-access-token';
export const REFRESH_TOKEN = 'ghr_plain-refresh-token';

export function json(status: number, body: unknown): Answer {
  return (response) => {
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  };
}

export function text(status: number, body: string): Answer {
  return (response) => {
    response.writeHead(status, { 'content-type': 'text/html' }).end(body);
  };
}

export const TOKENS = {
  access_token: ACCESS_TOKEN,
  refresh_token: REFRESH_TOKEN,
  token_type: 'bearer',
  expires_in: 28_800,
  scope: 'repo',
};

/** A provider of one client, whose token endpoint and profile answer what the test says next. */
export async function startOAuthProvider() {
  const exchanges: URLSearchParams[] = [];
  const answers = { token: json(200, TOKENS), profile: json(200, { login: 'octocat' }) };
  const server = createServer((request, response) => {
    if (request.url === '/user') {
      const authorized = request.headers.authorization === `Bearer ${ACCESS_TOKEN}`;
      return authorized ? answers.profile(response) : json(401, {})(response);
    }
    void readForm(request).then((form) => {
      exchanges.push(form);
      answers.token(response);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const url = `http://127.0.0.1:${port}`;
  const close = () =>
    new Promise((resolve) => {
      server.close(resolve);
      server.closeAllConnections();
    });
  const reset = () =>
    Object.assign(answers, { token: json(200, TOKENS), profile: json(200, { login: 'octocat' }) });
  return { url, exchanges, answers, reset, close };
}

export type OAuthProvider = Awaited<ReturnType<typeof startOAuthProvider>>;

/** RFC 7636: whether what came with the code belongs to what was sent with the person. */
export function isVerifierOf(verifier: string | null, challenge: string | null): boolean {
  return createHash('sha256').update(String(verifier)).digest('base64url') === challenge;
}

async function readForm(request: IncomingMessage): Promise<URLSearchParams> {
  let body = '';
  for await (const chunk of request) body += String(chunk);
  return new URLSearchParams(body);
}
