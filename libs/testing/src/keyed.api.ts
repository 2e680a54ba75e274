import { randomBytes } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { freePort } from '@patchbay/local';
import { answerFiles } from './files.api.js';
import { listenLocally, type LocalServer } from './local.server.js';
import { answerAsModel } from './model.api.js';

/** Credentials that the API takes, by the name of the person they belong to. */
export interface KeyedApi extends LocalServer {
  keys: Record<string, string>;
  passwords: Record<string, string>;
}

const PEOPLE = ['ada', 'grace', 'linus'];
const secrets = (prefix: string) =>
  Object.fromEntries(PEOPLE.map((name) => [name, `${prefix}-${randomBytes(12).toString('hex')}`]));

/**
 * `/me`, `/echo` and `/notes` for who sends a key in `x-api-key`, or a name and a password by HTTP Basic. For anyone:
 * `/open`, the API's own document at `/openapi.json` and the description of an MCP client at `/client.json`. `/hang`
 * never answers, and `/hanging` tells whether its client still waits. A note that says `hold` is written at once and
 * answered when `/release` is called.
 */
export async function startKeyedApi(): Promise<KeyedApi> {
  const keys = secrets('key');
  const passwords = secrets('pass');
  const notebook = new Notebook();
  const hanging = new Hanging();
  const server = await listenLocally(await freePort(), (request, response) => {
    const { searchParams, pathname } = new URL(request.url ?? '/', 'http://localhost');
    const name = pathname === '/open' ? 'anyone' : whoIs(request, keys, passwords);
    if (pathname === '/model/chat/completions') {
      void answerAsModel(request, response);
      return;
    }
    if (answerFiles(pathname, request, response)) return;
    if (pathname === '/release' || (pathname === '/notes' && (request.method === 'GET' || name))) {
      void notebook.answer(request, response, searchParams.get('text') ?? '');
      return;
    }
    if (pathname === '/hang' || pathname === '/hanging') {
      hanging.answer(pathname, response, searchParams.get('text') ?? '');
      return;
    }
    if (pathname === '/client.json') {
      const client_id = `http://${request.headers.host}/client.json`;
      const redirect_uris = ['https://app.example/callback'];
      response.end(JSON.stringify({ client_id, client_name: 'Described', redirect_uris }));
      return;
    }
    if (pathname === '/openapi.json') {
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify(ownDocument(`http://${request.headers.host}`)));
      return;
    }
    if (name && pathname.startsWith('/mirror/')) {
      void mirror(request, response);
      return;
    }
    response.writeHead(name ? 200 : 401, { 'content-type': 'application/json' });
    const answer = pathname === '/echo' ? { name, text: searchParams.get('text') } : { name };
    response.end(JSON.stringify(name ? answer : { message: 'bad credentials' }));
  });
  return { ...server, keys, passwords };
}

function ownDocument(url: string) {
  const whoAmI = {
    operationId: 'whoAmI',
    summary: 'Tell whose key it is',
    responses: { 200: { description: 'The name' } },
  };
  return {
    openapi: '3.1.0',
    info: { title: 'Keyed', version: '1' },
    servers: [{ url }],
    components: { securitySchemes: { key: { type: 'apiKey', in: 'header', name: 'x-api-key' } } },
    security: [{ key: [] }],
    paths: { '/me': { get: whoAmI } },
  };
}

/** Answers the request itself, and the number that its path ends with digit by digit. */
async function mirror(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { url = '' } = request;
  const seen = { url, body: Buffer.concat(await request.toArray()).toString() };
  const id = /\d+/.exec(url)?.[0] ?? 'null';
  response.setHeader('content-type', 'application/json');
  response.end(`{"id":${id},"large":18446744073709551615,${JSON.stringify(seen).slice(1)}`);
}

/** Requests that are never answered, and whether who made them still waits. */
class Hanging {
  private readonly states = new Map<string, 'waiting' | 'left'>();

  answer(pathname: string, response: ServerResponse, text: string): void {
    if (pathname === '/hanging') {
      response.end(JSON.stringify({ state: this.states.get(text) ?? 'unknown' }));
      return;
    }
    this.states.set(text, 'waiting');
    response.on('close', () => this.states.set(text, 'left'));
  }
}

/** Notes that were written, each as often as it was. */
class Notebook {
  private readonly written: string[] = [];
  private readonly held = new Map<string, (() => void)[]>();

  async answer(request: IncomingMessage, response: ServerResponse, text: string): Promise<void> {
    const body = Buffer.concat(await request.toArray()).toString();
    response.setHeader('content-type', 'application/json');
    if (request.url?.startsWith('/release')) {
      for (const open of this.held.get(text) ?? []) open();
      this.held.delete(text);
    } else if (request.method === 'POST') {
      const note = JSON.parse(body) as { text: string; hold?: boolean };
      this.written.push(note.text);
      const number = this.written.length;
      if (note.hold) {
        await new Promise<void>((resolve) => {
          this.held.set(note.text, [...(this.held.get(note.text) ?? []), resolve]);
        });
      }
      response.end(JSON.stringify({ number, text: note.text }));
      return;
    }
    const after = new URL(request.url ?? '/', 'http://localhost').searchParams.get('after');
    if (after === null) {
      response.end(JSON.stringify({ times: this.written.filter((note) => note === text).length }));
      return;
    }
    const notes = this.written.map((note, index) => ({ number: index + 1, text: note })).slice(Number(after));
    response.end(JSON.stringify({ notes: notes.slice(0, 100), last: this.written.length }));
  }
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
