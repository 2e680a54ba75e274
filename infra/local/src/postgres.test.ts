import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isAlive } from '../preflight.mjs';
import { withClient } from './database.js';
import { startPostgres } from './postgres.js';
import { postgresLaunch } from './postgres-user.js';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'patchbay-postgres-test-'));
  chmodSync(folder, 0o711);
});
afterAll(() => rmSync(folder, { recursive: true }));

const rows = (url: string, text: string) =>
  withClient(url, async (client) => (await client.query(text)).rows);

describe('startPostgres', () => {
  it('keeps data and port over stop and start, a SIGKILL, and a server left behind', async () => {
    const dataDir = join(folder, 'kept');
    const server = await startPostgres({ dataDir, password: 'secret' });
    await rows(server.url, 'create table t (n int); insert into t values (1)');
    expect(await rows(server.url, 'show max_connections')).toEqual([{ max_connections: '200' }]);
    expect(await rows(server.url, 'show server_encoding')).toEqual([{ server_encoding: 'UTF8' }]);

    await server.stop();
    expect(server.pid).toBe(0);
    await expect(rows(server.url, 'select 1')).rejects.toThrow('ECONNREFUSED');
    await server.start();
    expect(await rows(server.url, 'select n from t')).toEqual([{ n: 1 }]);

    await server.stop('SIGKILL');
    await server.start();
    expect(await rows(server.url, 'select n from t')).toEqual([{ n: 1 }]);

    // To the next run, a server of a run that was killed looks like this one: alive on the data, not its child.
    const left = server.pid;
    const next = await startPostgres({ dataDir, password: 'secret' });
    expect(isAlive(left)).toBe(false);
    expect(await rows(next.url, 'select n from t')).toEqual([{ n: 1 }]);
    await next.stop();
  });

  it("is not misled by a dead server's note that names another program's process", async () => {
    const dataDir = join(folder, 'noted');
    const server = await startPostgres({ dataDir });
    await server.stop();
    writeFileSync(join(dataDir, 'postmaster.pid'), `${process.pid}\n${dataDir}\n`);
    await server.start();
    expect(await rows(server.url, 'select 1 as one')).toEqual([{ one: 1 }]);
    await server.stop();
  });

  it('keeps its data in a folder that only its owner may enter, as `mktemp -d` makes them', async () => {
    const closed = join(folder, 'closed');
    mkdirSync(closed, { mode: 0o700 });
    const server = await startPostgres({ dataDir: join(closed, 'postgres') });
    expect(await rows(server.url, 'select 1 as one')).toEqual([{ one: 1 }]);
    await server.stop();
    expect(statSync(closed).mode & 0o777).toBe(0o700);
  });

  it('does not take the remains of an interrupted set-up for data', async () => {
    const dataDir = join(folder, 'interrupted');
    mkdirSync(`${dataDir}.new`);
    writeFileSync(join(`${dataDir}.new`, 'PG_VERSION'), '18\n');
    const server = await startPostgres({ dataDir });
    await server.stop();
    expect(existsSync(`${dataDir}.new`)).toBe(false);
    expect(statSync(dataDir).mode & 0o777).toBe(0o700);
  });

  it('refuses data of another major version', async () => {
    const dataDir = join(folder, 'old');
    mkdirSync(dataDir);
    writeFileSync(join(dataDir, 'PG_VERSION'), '15\n');
    await expect(startPostgres({ dataDir })).rejects.toThrow('was made by Postgres 15');
  });

  it('removes its temporary folder', async () => {
    const server = await startPostgres({ ephemeral: true });
    expect(await rows(server.url, 'show fsync')).toEqual([{ fsync: 'off' }]);
    const scratch = dirname(server.process.spec.logFile);
    await server.stop();
    expect(existsSync(scratch)).toBe(false);
  });

  it('works in a folder that only root may enter, or names the folder', async () => {
    const closed = join(folder, 'closed');
    mkdirSync(join(closed, 'home'), { recursive: true });
    chmodSync(closed, 0o700);
    const outcome = await startPostgres({ dataDir: join(closed, 'home/data'), ephemeral: true }).then(
      (server) => server.stop().then(() => 'works'),
      (error: Error) => error.message,
    );
    // Containers may have been denied the right that makes it work.
    expect(['works', `Postgres runs as the user postgres, who may not enter ${closed}.`]).toContain(outcome);
  });

  it('names the outermost folder in the way when nothing helps', () => {
    if (process.getuid?.() !== 0) return;
    const nobody = Number(spawnSync('id', ['-u', 'nobody']).stdout.toString());
    const missing = join(folder, 'closed/home/absent');
    expect(() => postgresLaunch({ uid: nobody, gid: nobody }, [missing])).toThrow(
      `may not enter ${join(folder, 'closed')}.`,
    );
  });
});
