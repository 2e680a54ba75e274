import { spawn, type ChildProcess } from 'node:child_process';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createInterface } from 'node:readline';
import { buffer } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { verifyWebhook } from '@patchbay/client';
import { eventually, pythonForTests } from '@patchbay/testing';
import { z } from 'zod';
import { CommandLine } from '../support/cli.js';
import { connectAccount } from '../support/connect-account.js';
import { environment, unique } from '../support/environment.js';
import { call, createProject, errorOf } from '../support/http.js';
import { asOrganisation } from '../support/organisation.js';
import { startTlsGateway, type TlsGateway } from '../support/tls.gateway.js';
import { storeEvent } from '../support/trigger.events.js';

/* `subscribe()` of the official SDKs, as they are, against a gateway behind TLS; and the same events as server-sent events. */

const path = (relative: string) => fileURLToPath(new URL(relative, import.meta.url));
const PYTHON = path('../python');
const NOT_LATIN = '🦊'.repeat(30_000);

let gateway: TlsGateway;
beforeAll(async () => {
  gateway = await startTlsGateway();
}, 60_000);
afterAll(() => gateway?.stop());

const children = new Set<ChildProcess>();
const controllers: AbortController[] = [];
afterEach(() => {
  for (const child of children) child.kill();
  for (const controller of controllers.splice(0)) controller.abort();
});

/** A customer's program that subscribes. What it says grows as it goes on. */
function subscriber(program: string[], apiKey: string, baseUrl = gateway.url) {
  const [command = '', ...args] = program;
  const child = spawn(command, args, {
    env: { ...process.env, ...gateway.trust, PATCHBAY_URL: baseUrl, PATCHBAY_API_KEY: apiKey },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  children.add(child);
  const said: Record<string, unknown>[] = [];
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    createInterface(stream).on('line', (line) => {
      output += `${line}\n`;
      if (line.startsWith('{')) said.push(JSON.parse(line) as Record<string, unknown>);
    });
  }
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  return {
    said,
    ended,
    events: () => said.flatMap(({ event }) => (event ? [event as Record<string, unknown>] : [])),
    subscribed: () =>
      eventually(() => expect(output).toMatch(/"subscribed": true|Subscribed to triggers/), {
        timeout: 30_000,
      }),
  };
}

const typescript = (module: string) => [process.execPath, path('../support/subscriber.mjs'), module];

describe.each([
  ['0.19', '@composio/core'],
  ['0.21', 'composio-core-0-21'],
])('subscribe() of the TypeScript SDK %s', (_, module) => {
  it('is sent the events of its project, also one that comes in chunks, and no others', async () => {
    const [project, other] = [await createProject(unique('live')), await createProject(unique('other'))];
    const { events, subscribed } = subscriber(typescript(module), project.apiKey);
    await subscribed();
    await storeEvent(project.id, { message: 'first' });
    await storeEvent(project.id, { message: NOT_LATIN });
    await connectAccount(other.apiKey);
    const accountId = await connectAccount(project.apiKey);
    await eventually(() => expect(events()).toHaveLength(3));
    const [first, large, connected] = events();
    expect(first).toMatchObject({
      triggerSlug: 'GITHUB_COMMIT_EVENT',
      userId: 'ann',
      payload: { message: 'first' },
      metadata: { connectedAccount: { id: 'ca_1', authConfigId: 'ac_1' } },
    });
    expect(large).toMatchObject({ payload: { message: NOT_LATIN } });
    expect(connected).toMatchObject({
      triggerSlug: 'composio.connected_account.activated',
      payload: { id: accountId, status: 'ACTIVE' },
    });
  }, 60_000);
});

it('pysher, on which the Python SDK stands, is sent the same', async ({ skip }) => {
  const made = await pythonForTests(PYTHON);
  if ('missing' in made) return skip(made.missing);
  const project = await createProject(unique('live'));
  const { events, subscribed } = subscriber([made.python, path('../python/subscriber.py')], project.apiKey);
  await subscribed();
  const id = await storeEvent(project.id, { message: NOT_LATIN });
  await connectAccount(project.apiKey);
  await eventually(() => expect(events()).toHaveLength(2));
  expect(events()[0]).toMatchObject({
    type: 'composio.trigger.message',
    metadata: { log_id: id, trigger_id: 'ti_1', user_id: 'ann' },
    data: { message: NOT_LATIN },
  });
}, 60_000);

it('a subscription ends with its key, and the client does not come again', async () => {
  const project = await createProject(unique('live'));
  const { said, subscribed } = subscriber(typescript('composio-core-0-21'), project.apiKey);
  await subscribed();
  await asOrganisation(`/org/owner/project/${project.id}/regenerate_api_key`, { method: 'POST' });
  // Of this state there is no way back; a connection that broke off would be "connecting" again.
  await eventually(() => expect(said.at(-1)).toEqual({ state: 'disconnected' }));
}, 60_000);

it('without a public address over TLS the SDK is told so', async () => {
  const refused = subscriber(typescript('composio-core-0-21'), environment.apiKey, environment.baseUrl);
  await refused.ended;
  expect(refused.said[0]).toMatchObject({ failed: expect.stringContaining('Pusher') as string });
  const answer = await call('/internal/sdk/realtime/credentials');
  expect(errorOf(answer, 501).message).toContain('TLS');
  expect(answer.headers.get('x-should-retry')).toBe('false');
}, 60_000);

describe('who is let in', () => {
  const SDK = '/api/v3/internal/sdk/realtime/auth';
  /** Both official clients send a form. */
  const authorize = (apiKey: string, channel: string, route = SDK) =>
    fetch(`${environment.baseUrl}${route}`, {
      method: 'POST',
      headers: { 'x-api-key': apiKey },
      body: new URLSearchParams({ socket_id: '1.2', channel_name: channel }),
    });

  it('is answered 200 to a form and to JSON, with a signature for this connection', async () => {
    const { id, apiKey } = await createProject(unique('live'));
    const channel = `private-${id}_triggers`;
    const form = await authorize(apiKey, channel);
    expect(form.status).toBe(200);
    const { auth } = z.object({ auth: z.string() }).parse(await form.json());
    expect(auth).toMatch(/^[\w-]+:[0-9a-f]{64}$/);
    const json = { socket_id: '1.2', channel_name: channel };
    const answer = await call('/internal/sdk/realtime/auth?source=python', { apiKey, body: json });
    expect(answer).toMatchObject({ status: 200, body: { auth } });
    const cli = await authorize(apiKey, `private-cli-${id}`, '/api/v3.1/cli/realtime/auth');
    expect(cli.status).toBe(200);
  });

  it('is nobody for the channel of another project, nor a key without triggers', async () => {
    const [project, other] = [await createProject(unique('live')), await createProject(unique('other'))];
    expect((await authorize(project.apiKey, `private-${other.id}_triggers`)).status).toBe(403);
    const made = await asOrganisation(`/org/owner/project/${project.id}/api_keys`, {
      body: { name: 'tools', areas: { tools: 'write', webhooks: 'write' } },
    });
    const { key } = z.object({ key: z.string() }).parse(made.body);
    errorOf(await call('/internal/sdk/realtime/credentials', { apiKey: key }), 403);
    errorOf(await call('/triggers/events/tail', { apiKey: key }), 403);
    expect((await authorize(key, `private-${project.id}_triggers`)).status).toBe(403);
  });
});

/** Watches as a browser's EventSource would. */
async function tail({ apiKey }: { apiKey: string }, query = '', lastEventId = '') {
  const controller = new AbortController();
  controllers.push(controller);
  const response = await fetch(`${environment.baseUrl}/api/v3.1/triggers/events/tail${query}`, {
    headers: { 'x-api-key': apiKey, ...(lastEventId && { 'last-event-id': lastEventId }) },
    signal: controller.signal,
  });
  expect(response.headers.get('content-type')).toBe('text/event-stream');
  const seen: { event: string; id: string | undefined; data: Record<string, unknown> }[] = [];
  const done = (async () => {
    let rest = '';
    for await (const chunk of response.body!.pipeThrough(new TextDecoderStream())) {
      const blocks = (rest + chunk).split('\n\n');
      rest = blocks.pop() ?? '';
      for (const block of blocks) {
        const field = (name: string) => new RegExp(`^${name}: (.*)$`, 'm').exec(block)?.[1];
        const event = field('event');
        if (event)
          seen.push({ event, id: field('id'), data: JSON.parse(field('data') ?? '{}') as object as never });
      }
    }
  })();
  done.catch(() => undefined);
  return { seen, done };
}

describe('server-sent events', () => {
  it('go on where a client was, on any replica, each once and only those asked for', async () => {
    const project = await createProject(unique('live'));
    const first = await storeEvent(project.id, { n: 1 });
    const second = await storeEvent(project.id, { n: 2 });
    const account = await connectAccount(project.apiKey, 'bob');
    const all = await tail(project, '', 'log_0');
    await eventually(() => expect(all.seen).toHaveLength(3));
    expect(all.seen.map(({ id }) => id).slice(0, 2)).toEqual([first, second]);
    const later = await tail(project, '', first);
    const ofBob = await tail(project, '?user_ids=bob,carl', 'log_0');
    await connectAccount(project.apiKey, 'carl');
    await eventually(() => expect(all.seen).toHaveLength(4));
    await eventually(() => expect(later.seen).toHaveLength(3));
    await eventually(() => expect(ofBob.seen).toHaveLength(2));
    expect(later.seen[0]).toMatchObject({ event: 'message', id: second, data: { data: { n: 2 } } });
    expect(ofBob.seen[0]).toMatchObject({ data: { data: { id: account } } });
  });

  it('say when something that was missed is kept no longer, and end with the key', async () => {
    const project = await createProject(unique('live'));
    const { seen, done } = await tail(project, '', 'log_forgotten');
    await eventually(() => expect(seen).toMatchObject([{ event: 'gap' }]));
    await asOrganisation(`/org/owner/project/${project.id}/regenerate_api_key`, { method: 'POST' });
    await done;
    expect(seen.at(-1)).toMatchObject({ event: 'end', data: { reason: 'The key is no longer valid.' } });
  });
});

it('a command line shows events, and posts them to a program with a signature that the client takes', async () => {
  const project = await createProject(unique('live'));
  const delivered: { id: string; type: unknown }[] = [];
  const receiver = createServer((request, response) => {
    void (async () => {
      const body = new Uint8Array(await buffer(request));
      const { id, event } = await verifyWebhook({ body, headers: request.headers, secret: 'whsec_mine' });
      delivered.push({ id, type: (event as { type: unknown }).type });
      response.end();
    })().catch(() => response.writeHead(401).end());
  });
  await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
  const to = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}`;
  const cli = await CommandLine.create({ PATCHBAY_API_KEY: project.apiKey });
  const child = cli.start(['triggers', 'listen', '--user', 'ann', '--forward', to, '--secret', 'whsec_mine']);
  children.add(child);
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
  try {
    // Only what comes after it began is seen, and nothing says when that is.
    await eventually(async () => {
      await connectAccount(project.apiKey, 'bob');
      await connectAccount(project.apiKey, 'ann');
      expect(delivered.length).toBeGreaterThan(0);
    });
    await eventually(() => expect(output).toContain('answered 200'));
    expect(delivered[0]).toMatchObject({
      id: expect.stringMatching(/^msg_/) as string,
      type: 'composio.connected_account.activated',
    });
    expect(output).toMatch(/\tcomposio\.connected_account\.activated\tann\tmsg_/);
    expect(output).not.toContain('\tbob\t');
  } finally {
    receiver.close();
  }
}, 60_000);
