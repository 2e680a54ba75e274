import { chmodSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  listStdioPackages,
  newId,
  openStdio,
  projectDeleted,
  connectionChanged,
  sessionDeleted,
  type StdioProgram,
} from '@patchbay/contracts';
import { eventually, startNpmRegistry, stdioServerPackage } from '@patchbay/testing';
import { makeCertificates } from '@patchbay/testing/certificates';
import { DataSource } from 'typeorm';
import { descendants } from '../src/sandbox/bubblewrap/process-tree.js';
import { PackagesService } from '../src/stdio-packages/index.js';
import { runWorkbench, type Replica } from './running-workbench.js';
import { newOwner, StdioClient } from './stdio.client.js';

const NAME = '@patchbay-test/stdio-server';
const program = (changes: Partial<StdioProgram> = {}): StdioProgram => ({
  registryType: 'npm',
  identifier: NAME,
  version: '1.0.0',
  arguments: [],
  environment: {},
  ...changes,
});

let registry: Awaited<ReturnType<typeof startNpmRegistry>>;
let listed: Awaited<ReturnType<typeof startHost>>;
let secure: Awaited<ReturnType<typeof startSecureHost>>;
let workbench: Awaited<ReturnType<typeof runWorkbench>>;
let replica: Replica;

beforeAll(async () => {
  [registry, listed, secure] = await Promise.all([
    startNpmRegistry([stdioServerPackage()]),
    startHost(),
    startSecureHost(),
  ]);
  const host = `127.0.0.1:${listed.port}`;
  workbench = await runWorkbench({
    PATCHBAY_WORKBENCH_WARM: '0',
    PATCHBAY_STDIO_ALLOWED: `npm:${NAME}@1.0.0=${host}|${secure.host}|localhost:9,npm:@patchbay-test/unknown@1.0.0`,
    PATCHBAY_STDIO_NPM_REGISTRY: registry.url,
    PATCHBAY_STDIO_MAX_PROCESSES: '6',
    PATCHBAY_ALLOWED_PRIVATE_HOSTS: `${host}=stdio-test,${secure.host}=stdio-test`,
  });
  chmodSync(workbench.folder, 0o711);
  replica = await workbench.start({ PATCHBAY_STDIO_DIR: join(workbench.folder, 'stdio') });
  await replica.app.get(PackagesService).untilTried();
}, 120_000);
afterAll(async () => {
  await workbench?.stop();
  await Promise.all([registry?.close(), listed?.close(), secure?.close()]);
});

const open = (owner = newOwner(), changes: Partial<StdioProgram> = {}) =>
  StdioClient.open(workbench.bus, owner, program(changes));
const leases = () => replica.app.get(DataSource).query<unknown[]>('SELECT * FROM stdio_leases');

/** Processes of sandboxes below this one, by what they run. */
async function running(what: string): Promise<number[]> {
  const below = await descendants(process.pid, []);
  return below
    .map(({ pid }) => pid)
    .filter((pid) => {
      const file = `/proc/${pid}/cmdline`;
      return existsSync(file) && readFileSync(file, 'utf8').split('\0').join(' ').includes(what);
    });
}
const programs = () => running('/opt/server/node_modules/');

describe('the packages of the operator', () => {
  it('are installed by themselves, without running a script of theirs, and the others say why not', async () => {
    const { packages, refusal } = await workbench.bus.request(listStdioPackages, {});
    expect(refusal).toBeNull();
    expect(packages).toMatchObject([
      { identifier: NAME, version: '1.0.0', state: 'installed', reason: null },
      { identifier: '@patchbay-test/unknown', state: 'failed', reason: expect.stringContaining('404') },
    ]);
    const folder = join(workbench.folder, 'stdio/packages');
    const [digest = ''] = readdirSync(folder);
    expect(readdirSync(join(folder, digest, 'node_modules', NAME)).toSorted()).toEqual([
      'package.json',
      'server.mjs',
    ]);
    expect(readdirSync(join(workbench.folder, 'stdio/work'))).toEqual([]);
  });

  it('are the only ones that are run', async () => {
    const asked = registry.asked.length;
    await expect(open(newOwner(), { version: '1.0.1' })).rejects.toMatchObject({ code: 'forbidden' });
    await expect(open(newOwner(), { identifier: 'left-pad' })).rejects.toMatchObject({ code: 'forbidden' });
    await expect(open(newOwner(), { identifier: '@patchbay-test/unknown' })).rejects.toMatchObject({
      code: 'unavailable',
      message: expect.stringContaining('is not installed'),
    });
    expect(registry.asked).toHaveLength(asked);
  });

  it('have the commands that they declare', async () => {
    await expect(open(newOwner(), { command: 'sh' })).rejects.toMatchObject({
      code: 'invalid_request',
      suggestion: expect.stringContaining('stdio-server'),
    });
  });
});

describe('a server that runs as a program', () => {
  it('answers, with the arguments and the environment of its account', async () => {
    const client = await open(newOwner(), { arguments: ['--flag', 'a b'], environment: { TOKEN: 's3cret' } });
    expect(await client.call('echo', { text: 'hello' })).toBe('hello');
    expect(await client.call('arguments')).toBe('["--flag","a b"]');
    expect(await client.call('environment', { name: 'TOKEN' })).toBe('s3cret');
    // Of the service it knows nothing.
    for (const name of ['DATABASE_URL', 'NATS_URL', 'PATCHBAY_FILES_SECRET']) {
      expect(await client.call('environment', { name })).toBe('');
    }
    await client.close();
    await eventually(async () => expect(await programs()).toEqual([]));
  });

  it('is one for each owner: a second line joins it, another account or session has its own', async () => {
    const owner = newOwner();
    const [first, second] = [await open(owner), await open(owner)];
    await first.call('remember', { key: 'a', value: 'of the first' });
    expect(await second.call('remember', { key: 'a' })).toBe('of the first');
    expect(await second.call('handshakes')).toBe('1');
    expect(await programs()).toHaveLength(1);
    const others = [
      newOwner({ ...owner, userId: 'another' }),
      { ...owner, connectionId: newId('connection') },
    ];
    for (const other of others) {
      const client = await open(other);
      expect(await client.call('remember', { key: 'a' })).toBe('');
      await client.close();
    }
    await first.close();
    expect(await second.call('remember', { key: 'a' })).toBe('of the first');
    await second.close();
    await eventually(async () => expect(await leases()).toEqual([]));
  });

  it('keeps the answers of two lines apart, whatever they number their requests', async () => {
    const owner = newOwner();
    const [first, second] = [await open(owner), await open(owner)];
    const slow = first.call('wait', { ms: 300 });
    expect(await second.call('echo', { text: 'second' })).toBe('second');
    expect(await slow).toBe('waited');
    await Promise.all([first.close(), second.close()]);
  });

  it('is replaced when its credential is another, which no line of the old one outlives', async () => {
    const owner = newOwner();
    const before = await open(owner, { environment: { TOKEN: 'old' } });
    const after = await open(owner, { environment: { TOKEN: 'new' } });
    expect(await after.call('environment', { name: 'TOKEN' })).toBe('new');
    expect(await programs()).toHaveLength(1);
    await expect(before.call('echo', { text: 'x' })).rejects.toMatchObject({
      code: 'sandbox_lost',
      retryable: true,
      message: expect.stringContaining('another credential'),
    });
    await after.close();
  });

  it('that nobody is to join ends when it is closed', async () => {
    const owner = newOwner({ isAlone: true });
    const [first, second] = [await open(owner), await open(owner)];
    await first.call('remember', { key: 'a', value: '1' });
    expect(await second.call('remember', { key: 'a' })).toBe('');
    expect(await leases()).toEqual([]);
    await Promise.all([first.close(), second.close()]);
    await eventually(async () => expect(await programs()).toEqual([]));
  });

  it('may ask its client, and say what it likes by itself', async () => {
    const client = await open();
    client.onAsked = ({ params }) => ({
      action: 'accept',
      content: { asked: (params as { message: string }).message },
    });
    expect(JSON.parse(await client.call('ask', { message: 'really?' }))).toEqual({
      action: 'accept',
      content: { asked: 'really?' },
    });
    expect(await client.call('ping')).toBe('{}');
    await client.call('notify');
    const heard = [...client.heard, ...(await client.listen(0))];
    expect(heard.map(({ method }) => method)).toContain('notifications/tools/list_changed');
    await client.close();
  });

  it('is waited for no longer than was asked, and its answer is there for who asks again', async () => {
    const client = await open();
    const call = { name: 'wait', arguments: { ms: 400 } };
    const send = JSON.stringify({ jsonrpc: '2.0', id: 77, method: 'tools/call', params: call });
    expect(await client.exchange(send, 77, 50)).toEqual({ received: [], isAnswered: false });
    const answer = await client.exchange(null, 77, 10_000);
    expect(answer).toMatchObject({ isAnswered: true, received: [{ id: 77 }] });
    await client.close();
  });

  it('gets no message that is none', async () => {
    const client = await open();
    for (const text of ['nonsense', '[]', '{"jsonrpc":"2.0","id":1}', '['.repeat(1_000)]) {
      await expect(client.exchange(text, null)).rejects.toMatchObject({ code: 'invalid_request' });
    }
    await client.close();
  });
});

describe('the end of a program', () => {
  it('is told to who waits, with what it said last and without what it was given', async () => {
    const client = await open(newOwner(), { environment: { TOKEN: 'tell nobody' } });
    await client.call('complain', { text: 'cannot sign in with tell nobody' });
    const failed = client.call('exit', { code: 3 });
    await expect(failed).rejects.toMatchObject({
      code: 'sandbox_lost',
      retryable: false,
      message: expect.stringMatching(/it ended with code 3. It said last: cannot sign in with …/),
    });
    // Nothing was sent to it: it is safe to begin anew.
    await expect(client.call('echo')).rejects.toMatchObject({ code: 'sandbox_lost', retryable: true });
  });

  it('comes when it says what it may not', async () => {
    for (const [name, given, reason] of [
      ['garbage', {}, 'no JSON-RPC message'],
      ['flood', { bytes: 4 * 1024 * 1024 }, 'a message larger than 3 MB'],
    ] as const) {
      const client = await open();
      await expect(client.call(name, given)).rejects.toMatchObject({
        code: 'sandbox_lost',
        message: expect.stringContaining(reason),
      });
    }
    await eventually(async () => expect(await programs()).toEqual([]));
  });

  it('carries what is as large as a message may be', async () => {
    const client = await open();
    expect(await client.call('flood', { bytes: 2_900_000 })).toHaveLength(2_900_000);
    // Two bytes each, and quotes, which have to be escaped once more on the way.
    for (const text of ['я'.repeat(1_400_000), '"'.repeat(1_400_000)]) {
      expect(await client.call('echo', { text })).toBe(text);
    }
    await client.close();
  });

  it('comes when it holds more memory than it may', async () => {
    const client = await open();
    await expect(client.call('memory', { megabytes: 1_500 })).rejects.toBeDefined();
    await client.close();
  });

  it('takes with it whatever the program left behind', async () => {
    const client = await open();
    await client.call('orphan');
    expect(await running('sleep 86400')).not.toEqual([]);
    await client.close();
    await eventually(async () => expect(await running('sleep 86400')).toEqual([]));
    const other = await open();
    await other.call('orphan');
    await expect(other.call('exit', { code: 0 })).rejects.toMatchObject({ code: 'sandbox_lost' });
    await eventually(async () => expect(await running('sleep 86400')).toEqual([]));
  });

  it('comes with its session, its account and its project', async () => {
    const owner = newOwner();
    const told = {
      connectionId: owner.connectionId ?? '',
      userId: 'user',
      toolkit: 'stdio-test',
      reason: null,
    };
    const { bus } = workbench;
    const event = <D>(data: D) => bus.envelop(owner.projectId, data);
    const session = { sessionId: owner.sessionId ?? '', userId: 'user', configVersion: 1 };
    for (const end of [
      () => bus.publish(sessionDeleted, event(session)),
      () => bus.publish(connectionChanged, event({ ...told, status: null })),
      () => bus.publish(connectionChanged, event({ ...told, status: 'EXPIRED' as const })),
      () => bus.publish(projectDeleted, event({ projectId: owner.projectId })),
    ]) {
      const [client, other] = [await open(owner), await open()];
      await end();
      await eventually(async () => expect(await programs()).toHaveLength(1));
      await expect(client.call('echo')).rejects.toMatchObject({
        code: 'sandbox_lost',
        message: expect.stringContaining('removed'),
      });
      expect(await other.call('echo', { text: 'still' })).toBe('still');
      await other.close();
    }
  });
});

describe('places', () => {
  it('are taken from programs that are idle, and no project takes all of them', async () => {
    const project = newId('project');
    const owners = Array.from({ length: 4 }, () => newOwner({ projectId: project }));
    const clients = await Promise.all(owners.slice(0, 3).map((owner) => open(owner)));
    const busy = clients.map((client) => client.call('wait', { ms: 1_500 }));
    await expect(
      workbench.bus.request(openStdio, { owner: newOwner({ projectId: project }), program: program() }),
    ).rejects.toMatchObject({
      code: 'rate_limited',
      suggestion: expect.stringContaining('PATCHBAY_STDIO_MAX'),
    });
    const other = await open();
    await other.close();
    await Promise.all(busy);
    const next = await open(owners[3]);
    expect(await programs()).toHaveLength(3);
    await Promise.all([next, ...clients].map((client) => client.close()));
  });
});

describe('the network of a program', () => {
  it('is the hosts that are listed with its package, by the proxy and in no other way', async () => {
    const client = await open();
    const { port } = listed;
    expect(await client.call('plain', { url: `http://127.0.0.1:${port}/a` })).toBe('200 GET /a');
    expect(await client.call('tunnel', { host: `127.0.0.1:${port}`, path: '/b' })).toBe('200 GET /b');
    expect(await client.call('direct', { host: '127.0.0.1', port })).toBe('ECONNREFUSED');
    expect(await client.call('direct', { host: '1.1.1.1', port: 443 })).toBe('ENETUNREACH');
    for (const host of ['example.com:443', '127.0.0.1:22', '169.254.169.254:80']) {
      expect(await client.call('tunnel', { host, path: '/' })).toContain('403 ');
    }
    // It is listed with the package, and is a private one that the toolkit may not reach.
    expect(await client.call('tunnel', { host: 'localhost:9', path: '/' })).toMatch(
      /403 .*not a public address/,
    );
    await client.close();
  });

  it('is reached by the fetch of Node.js, which keeps its TLS to itself', async () => {
    // The host's certificate is of nobody whom the program trusts.
    const client = await open(newOwner(), { environment: { NODE_TLS_REJECT_UNAUTHORIZED: '0' } });
    expect(await client.call('fetch', { url: `https://${secure.host}/c` })).toBe('200 GET /c over TLS');
    const { port } = new URL(`https://${secure.host}`);
    expect(await client.call('fetch', { url: `https://127.0.0.3:${port}/c` })).toContain('fetch failed');
    await client.close();
    const careful = await open();
    expect(await careful.call('fetch', { url: `https://${secure.host}/c` })).toContain('certificate');
    await careful.close();
  });

  it('is of the toolkit: a private host is reached by none that it was not listed for', async () => {
    const client = await open(newOwner({ toolkit: 'another' }));
    expect(await client.call('tunnel', { host: `127.0.0.1:${listed.port}`, path: '/' })).toContain('403 ');
    await client.close();
  });

  it('carries much in both directions', async () => {
    const client = await open();
    const url = `http://127.0.0.1:${listed.port}/large`;
    expect(await client.call('transfer', { url, bytes: LARGE })).toBe(String('200 '.length + LARGE));
    expect(listed.received()).toBe(LARGE);
    await client.close();
  });
});

describe('a workbench with several replicas, or none left', () => {
  it('sends each message to the replica that runs the program, and starts it again when that is gone', async () => {
    const other = await workbench.start({ PATCHBAY_STDIO_DIR: join(workbench.folder, 'stdio') });
    await other.app.get(PackagesService).untilTried();
    const owner = newOwner();
    const lines = await Promise.all(Array.from({ length: 6 }, () => open(owner)));
    expect(new Set(lines.map(({ line }) => line.processId)).size).toBe(1);
    await lines[0]?.call('remember', { key: 'a', value: 'here' });
    for (const line of lines) expect(await line.call('remember', { key: 'a' })).toBe('here');
    await other.stop();
    const again = await open(owner);
    expect(['here', '']).toContain(await again.call('remember', { key: 'a' }));
    await again.close();
    await Promise.all(lines.map((line) => line.close()));
    await eventually(async () => expect(await programs()).toEqual([]));
  });

  it('ends what is idle, and every program when it stops', async () => {
    const brief = await workbench.start({
      PATCHBAY_STDIO_DIR: join(workbench.folder, 'stdio'),
      PATCHBAY_STDIO_IDLE_SECONDS: 1,
    });
    await replica.stop();
    await brief.app.get(PackagesService).untilTried();
    const client = await open();
    expect(client.idleSeconds).toBe(1);
    expect(await client.call('wait', { ms: 1_500 })).toBe('waited');
    await eventually(async () => expect(await programs()).toEqual([]));
    await expect(client.call('echo')).rejects.toMatchObject({ code: 'sandbox_lost', retryable: true });
    const left = await open();
    const waiting = left.call('wait', { ms: 60_000 }).catch((error: unknown) => error);
    await brief.stop();
    expect(await waiting).toMatchObject({ code: expect.stringMatching(/sandbox_lost|unavailable/) });
    expect(await programs()).toEqual([]);
  });

  it('says that it is switched off where nothing is listed, and what to set', async () => {
    const off = await workbench.start({ PATCHBAY_STDIO_ALLOWED: [] });
    await expect(open()).rejects.toMatchObject({
      code: 'unavailable',
      retryable: false,
      message: expect.stringContaining('PATCHBAY_STDIO_ALLOWED'),
    });
    const { refusal, packages } = await workbench.bus.request(listStdioPackages, {});
    expect(packages).toEqual([]);
    expect(refusal).toContain('PATCHBAY_STDIO_ALLOWED');
    await off.stop();
  });
});

const LARGE = 5_000_000;

/** A host of the operator's own network. */
async function startHost() {
  let received = 0;
  const server = createServer((request, response) => {
    request.on('data', (chunk: Buffer) => (received += chunk.length));
    request.once('end', () => {
      response.end(request.url === '/large' ? 'x'.repeat(LARGE) : `${request.method} ${request.url}`);
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const close = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  return { port: (server.address() as AddressInfo).port, received: () => received, close };
}

/** By an address that a program does not take for its own machine, which no proxy is asked for. */
async function startSecureHost() {
  const folder = mkdtempSync(join(tmpdir(), 'patchbay-listed-'));
  const files = await makeCertificates(folder);
  const own = { key: readFileSync(files.key), cert: readFileSync(files.cert) };
  rmSync(folder, { recursive: true });
  const server = createSecureServer(own, ({ method, url }, response) =>
    response.end(`${method} ${url} over TLS`),
  );
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.2', resolve);
  });
  const close = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  return { host: `127.0.0.2:${(server.address() as AddressInfo).port}`, close };
}
