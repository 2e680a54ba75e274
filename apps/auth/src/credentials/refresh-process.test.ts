import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { eventually } from '@patchbay/testing';
import { type Accounts, EXPIRED_TOKENS, startAccounts } from '../../test/accounts.js';
import { answer } from '../../test/issuer.js';
import { Connection, CredentialVault } from '../accounts/index.js';
import { fingerprintOf } from '../schemes/index.js';
import type { RefreshJob, RefreshSettings } from './refresh.messages.js';
import { RefreshSweep } from './refresh.sweep.js';

let on: Accounts;
beforeAll(async () => {
  on = await startAccounts();
  // On a slow machine its round would fall into a test, and refresh the accounts of these tests by itself.
  await on.auth.app.get(RefreshSweep).onModuleDestroy();
});
afterEach(() => on.issuer.reset());
afterAll(() => on?.stop());

const asked = () => on.issuer.heardAt('/token');
const refreshes = () => on.sql('SELECT * FROM auth.refreshes');

/** A refresh process that was handed an account's refresh token by a service, after `before` was done to it. */
async function handOver(connectionId: string, before: (child: ChildProcess) => unknown = () => undefined) {
  const file = fileURLToPath(new URL('../../dist/credentials/refresh.process.js', import.meta.url));
  const { DATABASE_URL, PATCHBAY_ENCRYPTION_KEYS } = on.settings;
  const settings: RefreshSettings = {
    DATABASE_URL,
    PATCHBAY_ENCRYPTION_KEYS,
    PATCHBAY_ALLOWED_PRIVATE_HOSTS: ['127.0.0.1'],
    maxAnswerBytes: 100_000,
  };
  const row = await on.auth.dataSource.getRepository(Connection).findOneByOrFail({ id: connectionId });
  const credential = on.auth.app.get(CredentialVault).open(row);
  if (!credential) throw new Error('The account has no credential');
  const [announced] = await on.sql(
    'INSERT INTO auth.refreshes (connection_id, stale_fingerprint) VALUES ($1, $2) RETURNING asked_at',
    [connectionId, fingerprintOf(credential)],
  );
  const job: RefreshJob = {
    job: 'job-1',
    projectId: on.projectId,
    connectionId,
    toolkit: row.toolkit,
    askedAt: announced?.['asked_at'] as Date,
    request: {
      url: `${on.issuer.url}/token`,
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: 'grant_type=refresh_token&refresh_token=refresh-0&client_id=my-app&client_secret=app-secret',
    },
  };
  const child = fork(file, { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  const ended = once(child, 'exit');
  before(child);
  child.send(settings);
  child.send(job);
  return { child, ended };
}

/** One whose service is killed as soon as the token was sent. */
async function sendAndDie(connectionId: string): Promise<{ ended: Promise<unknown> }> {
  const { child, ended } = await handOver(connectionId);
  await eventually(() => expect(asked()).toHaveLength(1), { timeout: 20_000 });
  child.disconnect();
  return { ended };
}

/** One whose service is killed before it has begun. */
async function dieAndSendLater(connectionId: string) {
  const { child, ended } = await handOver(connectionId, (started) => started.kill('SIGSTOP'));
  child.disconnect();
  return { goOn: () => child.kill('SIGCONT'), ended };
}

describe('the refresh process of a service that was killed', () => {
  it('writes down what the provider answers, and the next call goes on with it', async () => {
    const account = await on.create('acme_oauth', EXPIRED_TOKENS);
    const answerNow = on.issuer.hold('/token');
    const { ended } = await sendAndDie(account.id);
    const opened = on.open(account);
    answerNow();
    expect((await opened).headers['authorization']).toBe('Bearer access-1');
    await ended;
    expect(asked()).toHaveLength(1);
    expect(await refreshes()).toEqual([]);
  });

  it('may be slow to begin: the token is not sent meanwhile, and once in all', async () => {
    const account = await on.create('acme_oauth', EXPIRED_TOKENS);
    const { goOn, ended } = await dieAndSendLater(account.id);
    const opened = on.open(account);
    // Somebody who waits for the outcome holds the account.
    await eventually(async () => {
      const held = on.sql('SELECT 1 FROM auth.connected_accounts WHERE id = $1 FOR NO KEY UPDATE NOWAIT', [
        account.id,
      ]);
      await expect(held).rejects.toThrow('could not obtain lock');
    });
    goOn();
    expect((await opened).headers['authorization']).toBe('Bearer access-1');
    await ended;
    expect(asked()).toHaveLength(1);
    expect(await refreshes()).toEqual([]);
  });

  it('sends nothing when it comes so late that the token was sent by another one', async () => {
    const account = await on.create('acme_oauth', EXPIRED_TOKENS);
    const { goOn, ended } = await dieAndSendLater(account.id);
    await on.sql(
      `UPDATE auth.refreshes SET asked_at = now() - interval '9 seconds' WHERE connection_id = $1`,
      [account.id],
    );
    expect((await on.open(account)).headers['authorization']).toBe('Bearer access-1');
    goOn();
    await ended;
    expect(asked()).toHaveLength(1);
    expect(await refreshes()).toEqual([]);
  });

  it('keeps the answer sealed', async () => {
    const account = await on.create('acme_oauth', EXPIRED_TOKENS);
    const { ended } = await sendAndDie(account.id);
    await ended;
    const kept = JSON.stringify(await refreshes());
    expect(kept).toContain(account.id);
    expect(kept).not.toMatch(/access-1|refresh-1/);
    expect((await on.open(account)).headers['authorization']).toBe('Bearer access-1');
    expect(asked()).toHaveLength(1);
  });

  it('leaves nothing behind that cannot be read and would stand in the way of every later refresh', async () => {
    const account = await on.create('acme_oauth', EXPIRED_TOKENS);
    const row = await on.auth.dataSource.getRepository(Connection).findOneByOrFail({ id: account.id });
    const credential = on.auth.app.get(CredentialVault).open(row);
    await on.sql(
      "INSERT INTO auth.refreshes (connection_id, stale_fingerprint, sealed_response) VALUES ($1, $2, 'sealed by whom?')",
      [account.id, fingerprintOf(credential!)],
    );
    expect((await on.open(account)).headers['authorization']).toBe('Bearer access-1');
    expect(asked()).toHaveLength(1);
    expect(await refreshes()).toEqual([]);
  });

  it('may be of the release before: it writes and deletes under the old name of the table', async () => {
    const { id } = await on.create('acme_oauth', EXPIRED_TOKENS);
    for (const fingerprint of ['first', 'second']) {
      await on.sql(
        `INSERT INTO auth.renewals (connection_id, stale_fingerprint) VALUES ($1, $2)
         ON CONFLICT (connection_id) DO UPDATE SET stale_fingerprint = $2, asked_at = now(), sealed_response = NULL`,
        [id, fingerprint],
      );
    }
    await on.sql('UPDATE auth.renewals SET sealed_response = $2 WHERE connection_id = $1', [id, 'sealed']);
    const written = { connection_id: id, stale_fingerprint: 'second', sealed_response: 'sealed' };
    expect(await refreshes()).toEqual([{ ...written, asked_at: expect.any(Date) }]);
    await on.sql('DELETE FROM auth.renewals WHERE connection_id = $1', [id]);
    expect(await refreshes()).toEqual([]);
  });

  it('keeps nothing of an error that passes: the same token is sent again', async () => {
    on.issuer.instead['/token'] = answer(503, {});
    const account = await on.create('acme_oauth', EXPIRED_TOKENS);
    const { ended } = await sendAndDie(account.id);
    await ended;
    expect(await refreshes()).toEqual([]);
    delete on.issuer.instead['/token'];
    expect((await on.open(account)).headers['authorization']).toBe('Bearer access-1');
    expect(asked().map(({ form }) => form.get('refresh_token'))).toEqual(['refresh-0', 'refresh-0']);
  });
});
