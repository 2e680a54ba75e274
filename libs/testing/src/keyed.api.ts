import { randomBytes } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { freePort } from '@patchbay/local';
import { listenLocally, type LocalServer } from './local.server.js';

/** Credentials that the API takes, by the name of the person they belong to. */
export interface KeyedApi extends LocalServer {
  keys: Record<string, string>;
  passwords: Record<string, string>;
}

const PEOPLE = ['ada', 'grace', 'linus'];
const secrets = (prefix: string) =>
  Object.fromEntries(PEOPLE.map((name) => [name, `${prefix}-${randomBytes(12).toString('hex')}`]));

/** `/me` and `/echo` for who sends a key in `x-api-key`, or a name and a password by HTTP Basic. */
export async function startKeyedApi(): Promise<KeyedApi> {
  const keys = secrets('key');
  const passwords = secrets('pass');
  const server = await listenLocally(await freePort(), (request, response) => {
    const name = whoIs(request, keys, passwords);
    const { searchParams, pathname } = new URL(request.url ?? '/', 'http://localhost');
    response.writeHead(name ? 200 : 401, { 'content-type': 'application/json' });
    const answer = pathname === '/echo' ? { name, text: searchParams.get('text') } : { name };
    response.end(JSON.stringify(name ? answer : { message: 'bad credentials' }));
  });
  return { ...server, keys, passwords };
}

function whoIs(
  request: IncomingMessage,
  keys: Record<string, string>,
  passwords: Record<string, string>,
): string | undefined {
  const byKey = PEOPLE.find((name) => keys[name] === request.headers['x-api-key']);
  if (byKey) return byKey;
  const basic = /^Basic (.+)$/.exec(request.headers.authorization ?? '')?.[1] ?? '';
  const given = Buffer.from(basic, 'base64').toString();
  return PEOPLE.find((name) => given === `${name}:${passwords[name]}`);
}
