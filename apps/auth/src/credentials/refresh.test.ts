import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { eventually } from '@patchbay/testing';
import { type Accounts, EXPIRED_TOKENS, refused, startAccounts } from '../../test/accounts.js';
import { answer } from '../../test/issuer.js';
import { runAuth } from '../../test/running-auth.js';
import { CredentialsService } from './credentials.service.js';
import { RefreshSweep } from './refresh.sweep.js';

let on: Accounts;
let second: Awaited<ReturnType<typeof runAuth>>;
beforeAll(async () => {
  on = await startAccounts();
  second = await runAuth(on.settings);
});
afterEach(() => on.issuer.reset());
afterAll(async () => {
  await second?.close();
  await on?.stop();
});

const asked = () => on.issuer.heardAt('/token').length;
const expired = () => on.create('acme_oauth', EXPIRED_TOKENS);
const lasting = () => on.create('acme_oauth', { ...EXPIRED_TOKENS, expires_in: 3_600 });
const sealedOf = async (id: string) =>
  String(
    (await on.sql('SELECT sealed_credential FROM auth.connected_accounts WHERE id = $1', [id]))[0]?.[
      'sealed_credential'
    ],
  );

describe('a refresh', () => {
  it('happens once for fifty calls at once through two replicas, and all have the new token', async () => {
    const account = await expired();
    const replicas = [on.auth, second].map(({ app }) => vi.spyOn(app.get(CredentialsService), 'open'));
    const go = on.issuer.hold('/token');
    const calls = Array.from({ length: 50 }, () => on.open(account));
    await eventually(() => {
      expect(replicas.reduce((sum, { mock }) => sum + mock.calls.length, 0)).toBe(50);
      expect(asked()).toBe(1);
    });
    go();
    const tokens = (await Promise.all(calls)).map(({ headers }) => headers['authorization']);
    expect(new Set(tokens)).toEqual(new Set(['Bearer access-1']));
    expect(asked()).toBe(1);
    for (const replica of replicas) expect(replica).toHaveBeenCalled();
    for (const replica of replicas) replica.mockRestore();
  });

  it('comes ahead of the end, and not before it is near', async () => {
    const soon = await on.create('acme_oauth', { ...EXPIRED_TOKENS, expires_in: 50 });
    expect((await on.open(soon)).headers['authorization']).toBe('Bearer access-1');
    on.issuer.reset();
    const late = await lasting();
    expect((await on.open(late)).headers['authorization']).toBe('Bearer access-0');
    expect(asked()).toBe(0);
  });

  it('happens once for all calls whose token the provider rejected, and not for a token that is gone', async () => {
    const account = await lasting();
    const { fingerprint } = await on.open(account);
    const opened = await Promise.all(
      Array.from({ length: 20 }, () => on.open(account, { rejected: fingerprint })),
    );
    expect(new Set(opened.map(({ headers }) => headers['authorization']))).toEqual(
      new Set(['Bearer access-1']),
    );
    const late = await on.open(account, { rejected: fingerprint });
    expect(late.headers['authorization']).toBe('Bearer access-1');
    await on.open(account, { rejected: 'a-stale-one' });
    expect(asked()).toBe(1);
  });

  it('keeps the refresh token that the provider gave in place of the old one', async () => {
    const account = await expired();
    const { fingerprint } = await on.open(account);
    await eventually(async () => expect((await on.open(account)).fingerprint).toBe(fingerprint));
    await eventually(async () =>
      expect((await on.open(account, { rejected: fingerprint })).headers['authorization']).toBe(
        'Bearer access-2',
      ),
    );
    const spent = on.issuer.heardAt('/token').map(({ form }) => form.get('refresh_token'));
    expect(spent).toEqual(['refresh-0', 'refresh-1']);
  });

  it('is at home with a provider that says neither an end nor a new refresh token', async () => {
    Object.assign(on.issuer.rules, { rotates: false, expiresIn: undefined });
    const account = await expired();
    const { fingerprint, headers } = await on.open(account);
    expect(headers['authorization']).toBe('Bearer access-1');
    expect((await on.get(account.id)).state).not.toHaveProperty('expires_at');
    await eventually(async () => expect((await on.open(account)).fingerprint).toBe(fingerprint));
    expect(asked()).toBe(1);
  });

  it('through one replica is seen by the other', async () => {
    const account = await lasting();
    const opened = (replica: typeof second, rejected?: string) => {
      const { projectId } = on;
      const { userId, toolkit } = account;
      const rules = { requireChoice: false };
      const toolSlug = 'ACME_OAUTH_READ';
      return replica.app
        .get(CredentialsService)
        .open({ projectId, userId, toolkit, address: on.issuer.url, toolSlug, rules, rejected });
    };
    const { fingerprint } = await opened(second);
    expect((await opened(on.auth, fingerprint)).headers['authorization']).toBe('Bearer access-1');
    await eventually(async () =>
      expect((await opened(second)).headers['authorization']).toBe('Bearer access-1'),
    );
    expect(asked()).toBe(1);
  });

  it('is done by the sweep before anybody asks', async () => {
    const account = await on.create('acme_oauth', { ...EXPIRED_TOKENS, expires_in: 200 });
    const before = await sealedOf(account.id);
    await on.auth.app.get(RefreshSweep).sweep();
    expect(asked()).toBe(1);
    expect(await sealedOf(account.id)).not.toBe(before);
    await second.app.get(RefreshSweep).sweep();
    expect(asked()).toBe(1);
  });
});

describe('a refresh that the provider refuses', () => {
  it('ends the account with a reason and an event, and is not tried again', async () => {
    on.issuer.instead['/token'] = answer(400, { error: 'invalid_grant', error_description: 'Revoked' });
    const account = await expired();
    await expect(on.open(account)).rejects.toMatchObject(refused('no_active_connection'));
    const reason = 'Permanent auth error on refresh: invalid_grant: Revoked';
    expect(await on.get(account.id)).toMatchObject({ status: 'EXPIRED', statusReason: reason });
    await eventually(() =>
      expect(on.toldOf(account.id)).toContainEqual(expect.objectContaining({ status: 'EXPIRED', reason })),
    );
    await expect(on.open(account)).rejects.toMatchObject(refused('no_active_connection'));
    expect(asked()).toBe(1);
  });

  it('is the end of a rejected token for which there is no refresh token', async () => {
    const account = await on.create('acme_oauth', { access_token: 'access-0' });
    const { fingerprint } = await on.open(account);
    await expect(on.open(account, { rejected: fingerprint })).rejects.toMatchObject(
      refused('no_active_connection'),
    );
    expect((await on.get(account.id)).status).toBe('EXPIRED');
    expect(asked()).toBe(0);
  });
});

describe('a provider that is away', () => {
  it.each([
    ['answers 500', answer(500, {})],
    ['answers 503 with an error that would be for good', answer(503, { error: 'invalid_grant' })],
    ['asks to slow down', answer(429, {})],
    ['says that it passes', answer(400, { error: 'temporarily_unavailable' })],
    ['breaks the connection', (response: { destroy(): unknown }) => void response.destroy()],
  ])('never ends an account when it %s', async (_, away) => {
    on.issuer.instead['/token'] = away;
    const account = await expired();
    await expect(on.open(account)).rejects.toMatchObject(refused('unavailable'));
    expect(await on.get(account.id)).toMatchObject({ status: 'ACTIVE', statusReason: null });
  });

  it('is asked again after a while', async () => {
    on.issuer.instead['/token'] = answer(500, {});
    const account = await expired();
    await expect(on.open(account)).rejects.toMatchObject(refused('unavailable'));
    delete on.issuer.instead['/token'];
    await eventually(
      async () => expect((await on.open(account)).headers['authorization']).toBe('Bearer access-1'),
      { timeout: 15_000 },
    );
  });

  it('does not keep a token from being used that is still good', async () => {
    on.issuer.instead['/token'] = answer(500, {});
    const account = await on.create('acme_oauth', { ...EXPIRED_TOKENS, expires_in: 50 });
    expect((await on.open(account)).headers['authorization']).toBe('Bearer access-0');
  });
});
