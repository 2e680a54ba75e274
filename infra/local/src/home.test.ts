import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { nodeBinary } from '../node.mjs';
import { lockFile, processBirth, requireFreePort, requireNode } from '../preflight.mjs';
import { lockHome } from './home.js';
import { loadSecrets } from './secrets.js';
import { serviceNames } from './services.js';

let home: string;
beforeEach(() => void (home = mkdtempSync(join(tmpdir(), 'patchbay-home-test-'))));
afterEach(() => rmSync(home, { recursive: true }));

describe('the secrets of a home', () => {
  const file = () => join(home, 'secrets.json');

  it('are made once, kept, and readable only by their owner', () => {
    const secrets = loadSecrets(home);
    expect(secrets.apiKey).toMatch(/^ak_[\w-]{24}$/);
    expect(secrets.orgApiKey).toMatch(/^oak_[\w-]{24}$/);
    expect(secrets.userApiKey).toMatch(/^uak_[\w-]{24}$/);
    expect(Buffer.from(secrets.encryptionKeys, 'base64')).toHaveLength(32);
    expect(new Set(Object.values(secrets.natsPasswords)).size).toBe(serviceNames.length);
    expect(new Set(Object.values(secrets.databasePasswords)).size).toBe(serviceNames.length);
    expect(loadSecrets(home)).toEqual(secrets);
    expect(statSync(file()).mode & 0o777).toBe(0o600);
  });

  it('are closed again when somebody opened them', () => {
    loadSecrets(home);
    chmodSync(file(), 0o644);
    loadSecrets(home);
    expect(statSync(file()).mode & 0o777).toBe(0o600);
  });

  it('get what a newer version adds, without losing the rest', () => {
    writeFileSync(file(), JSON.stringify({ apiKey: 'ak_kept', natsPasswords: { auth: 'kept' } }));
    const secrets = loadSecrets(home);
    expect(secrets).toMatchObject({ apiKey: 'ak_kept', natsPasswords: { auth: 'kept' } });
    expect(JSON.parse(readFileSync(file(), 'utf8'))).toEqual(secrets);
  });

  it('are never replaced when they cannot be read', () => {
    writeFileSync(file(), '{"apiKey": ');
    expect(() => loadSecrets(home)).toThrow(/cannot be read/);
    expect(readFileSync(file(), 'utf8')).toBe('{"apiKey": ');
  });
});

describe('the lock of a home', () => {
  const take = () => lockHome(home, 'http://localhost:3000', 3000);

  it('is refused while its holder lives, naming the process and the address', () => {
    const release = take();
    expect(take).toThrow(`process ${process.pid}, at http://localhost:3000`);
    release();
    take()();
  });

  it('is taken over from a dead process', async () => {
    const child = spawn(process.execPath, ['-e', '']);
    await once(child, 'exit');
    writeFileSync(lockFile(home), JSON.stringify({ pid: child.pid, birth: '1', url: '', port: 3000 }));
    take()();
  });

  it('is taken over when the process id now belongs to another process', () => {
    writeFileSync(
      lockFile(home),
      JSON.stringify({ pid: process.pid, birth: 'earlier', url: '', port: 3000 }),
    );
    take()();
  });
});

describe('before anything slow', () => {
  it('a busy port is refused with port, host and what to do', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as { port: number };
    await expect(requireFreePort('127.0.0.1', port, home)).rejects.toMatchObject({
      message: `Port ${port} on 127.0.0.1 is in use.`,
      suggestion: expect.stringContaining(`PORT=${port + 1} npm start`),
    });
    const lock = { pid: process.pid, birth: processBirth(process.pid), url: 'http://here', port };
    writeFileSync(lockFile(home), JSON.stringify(lock));
    await expect(requireFreePort('127.0.0.1', port, home)).rejects.toThrow(/Patchbay itself \(process/);
    server.close();
    await once(server, 'close');
    await expect(requireFreePort('127.0.0.1', port, home)).resolves.toBeUndefined();
  });

  it('a foreign address is refused by name', async () => {
    await expect(requireFreePort('192.0.2.1', 3000)).rejects.toThrow(
      'HOST 192.0.2.1 is no address of this machine',
    );
  });

  it.each(['18.20.0', '20.18.9'])('Node %s is refused', (version) => {
    expect(() => requireNode(version)).toThrow(`needs Node 20.19 or newer, this is ${version}`);
  });

  it.each(['20.19.0', '22.0.0'])('Node %s is taken', (version) => {
    expect(() => requireNode(version)).not.toThrow();
  });

  it('what runs is Node 24 or newer, whichever the machine has', () => {
    const version = execFileSync(nodeBinary(), ['--version'], { encoding: 'utf8' });
    expect(Number(/^v(\d+)\./.exec(version)?.[1])).toBeGreaterThanOrEqual(24);
  });
});
