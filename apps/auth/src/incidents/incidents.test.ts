import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  beginIncident,
  createApiKey,
  createLink,
  createProject,
  getIncident,
  grantMcpAccess,
  issueAccessCode,
  listIncidents,
  newId,
  registerMcpClient,
  verifyApiKey,
  type InputOf,
} from '@patchbay/contracts';
import { eventually } from '@patchbay/testing';
import { type Accounts, refused, startAccounts } from '../../test/accounts.js';
import { answer } from '../../test/issuer.js';
import { runAuth } from '../../test/running-auth.js';
import { hashKey } from '../projects/index.js';

let on: Accounts;
let second: Awaited<ReturnType<typeof runAuth>>;
beforeAll(async () => {
  on = await startAccounts();
  second = await runAuth(on.settings);
});
afterAll(async () => {
  await second?.close();
  await on?.stop();
});

const TOKENS = { access_token: 'access-1', refresh_token: 'refresh-1', expires_in: 3_600 };

async function carriedOut(asked: InputOf<typeof beginIncident>) {
  const { id } = await on.bus.request(beginIncident, asked);
  return eventually(
    async () => {
      const incident = await on.bus.request(getIncident, { id });
      expect(incident.state).toBe('done');
      return incident;
    },
    { timeout: 60_000 },
  );
}
const statusOf = async (id: string) => (await on.get(id)).status;

describe('an incident', () => {
  it('revokes what is in its scope, here and at providers, and nothing else', async () => {
    const { projectId } = on;
    const oauth = await on.create('acme_oauth', TOKENS, { userId: 'ann' });
    const key = await on.create('acme_key', { generic_api_key: 'key-1' }, { userId: 'ann' });
    const other = await on.create('acme_oauth', TOKENS, { userId: 'ben' });
    const { connection: pending, token } = await on.newLink('acme_oauth', { userId: 'ann' });

    const incident = await carriedOut({ projectId, userId: 'ann', acts: ['accounts'], reason: 'a leak' });
    expect(incident).toMatchObject({
      reason: 'a leak',
      done: {
        accountsRevoked: 2,
        revokedAtProvider: 1,
        failedAtProvider: 0,
        signInsEnded: 1,
        keysRevoked: 0,
      },
      left: { accounts: 0, atProviders: 0 },
    });
    expect(await statusOf(oauth.id)).toBe('REVOKED');
    expect(await statusOf(key.id)).toBe('REVOKED');
    expect(await statusOf(pending.id)).toBe('EXPIRED');
    await expect(on.follow(token)).rejects.toThrow(/link/i);
    expect(await statusOf(other.id)).toBe('ACTIVE');
    const sealed = await on.sql(
      'SELECT sealed_credential AS sealed FROM auth.connected_accounts WHERE user_id = $1',
      ['ann'],
    );
    expect(sealed.filter((row) => row['sealed'] !== null)).toEqual([]);
    const told = on.events.filter(({ data }) => data['reason'] === `incident ${incident.id}`);
    expect(told).toHaveLength(3);
    // What the user's application is told of, to have it connected again.
    const last = (id: string) => on.toldOf(id).at(-1);
    expect(last(oauth.id)).toMatchObject({ status: 'REVOKED', told: { account: { id: oauth.id } } });
    expect(last(pending.id)).toMatchObject({ status: 'EXPIRED', told: null });
  });

  it('leaves what is connected after it began, and finds nothing a second time', async () => {
    const { projectId } = on;
    const asked = { projectId, userId: 'carl', acts: ['accounts'] } satisfies InputOf<typeof beginIncident>;
    await on.create('acme_oauth', TOKENS, { userId: 'carl' });
    await carriedOut(asked);
    const again = await on.create('acme_oauth', TOKENS, { userId: 'carl' });
    await on.sql(`UPDATE auth.incidents SET finished_at = NULL WHERE user_id = 'carl'`);
    // Taken up where it was, as after a kill.
    const same = await carriedOut(asked);
    expect(same.done.accountsRevoked).toBe(1);
    expect(await statusOf(again.id)).toBe('ACTIVE');
  });

  it('is one, however often it is asked for while it runs', async () => {
    const asked = { projectId: on.projectId, toolkit: 'acme_two', acts: ['accounts'] } satisfies InputOf<
      typeof beginIncident
    >;
    await on.create('acme_two', TOKENS);
    const begun = await Promise.all([1, 2, 3].map(() => on.bus.request(beginIncident, asked)));
    const { id } = await carriedOut(asked);
    const { items } = await on.bus.request(listIncidents, { limit: 100 });
    const done = items.filter(({ toolkit }) => toolkit === 'acme_two');
    expect(done.reduce((sum, one) => sum + one.done.accountsRevoked, 0)).toBe(1);
    expect(done.map((one) => one.id)).toContain(id);
    expect(done.map((one) => one.id)).toContain(begun[0]?.id);
  });

  it('takes pages until all accounts of a project are revoked, by whichever replica is there', async () => {
    const { project } = await on.bus.request(createProject, { name: 'many' });
    const one = await on.create('acme_key', { generic_api_key: 'key-1' }, { userId: 'dora' });
    await on.sql(
      `INSERT INTO auth.auth_configs SELECT (jsonb_populate_record(c, jsonb_build_object('id', 'ac_many', 'project_id', $2::text))).*
         FROM auth.auth_configs c JOIN auth.connected_accounts a ON a.auth_config_id = c.id WHERE a.id = $1`,
      [one.id, project.id],
    );
    await on.sql(
      `INSERT INTO auth.connected_accounts SELECT (jsonb_populate_record(a, jsonb_build_object('id', 'ca_many' || n, 'word_id', 'many_' || n,
         'user_id', 'user ' || n, 'project_id', $2::text, 'auth_config_id', 'ac_many'))).*
         FROM auth.connected_accounts a, generate_series(1, 150) n WHERE a.id = $1`,
      [one.id, project.id],
    );
    const { done } = await carriedOut({ projectId: project.id, acts: ['accounts'] });
    expect(done.accountsRevoked).toBe(150);
    const left = await on.sql(
      `SELECT FROM auth.connected_accounts WHERE project_id = $1 AND status <> 'REVOKED'`,
      [project.id],
    );
    expect(left).toEqual([]);
    expect(await statusOf(one.id)).toBe('ACTIVE');
  }, 90_000);

  it('says of a provider that does not revoke that it has failed, after asking it again', async () => {
    const account = await on.create('acme_oauth', TOKENS, { userId: 'eva' });
    on.issuer.instead['/revoke'] = answer(503, {});
    try {
      const { id } = await on.bus.request(beginIncident, {
        projectId: on.projectId,
        userId: 'eva',
        acts: ['accounts'],
      });
      const triesOf = async () =>
        (
          await on.sql('SELECT tries FROM auth.incident_revocations WHERE connection_id = $1', [account.id])
        )[0]?.['tries'];
      await eventually(async () => expect(await triesOf()).toBe(1));
      expect(await statusOf(account.id)).toBe('REVOKED');
      await on.sql(`UPDATE auth.incident_revocations SET tries = 2, next_at = now()`);
      const over = () => on.bus.request(getIncident, { id });
      await eventually(
        async () => expect(await over()).toMatchObject({ state: 'done', done: { failedAtProvider: 1 } }),
        { timeout: 30_000 },
      );
    } finally {
      on.issuer.reset();
    }
  });

  it('ends keys and admitted MCP clients of a project', async () => {
    const { project } = await on.bus.request(createProject, { name: 'leaky' });
    const { key } = await on.bus.request(createApiKey, { projectId: project.id, name: 'k' });
    const outside = await on.bus.request(createApiKey, { projectId: on.projectId, name: 'k' });
    const owner = { projectId: project.id, sessionId: newId('session'), userId: 'ann' };
    const redirectUri = 'https://app.example/callback';
    const { clientId } = await on.bus.request(registerMcpClient, { name: 'a', redirectUris: [redirectUri] });
    const { code: accessCode } = await on.bus.request(issueAccessCode, owner);
    await on.bus.request(grantMcpAccess, {
      accessCode,
      clientId,
      redirectUri,
      codeChallenge: 'c'.repeat(43),
    });

    const { done } = await carriedOut({ projectId: project.id, acts: ['keys', 'access', 'accounts'] });
    expect(done).toMatchObject({ keysRevoked: 1, accessEnded: 1 });
    await expect(on.bus.request(verifyApiKey, { sha256: hashKey(key) })).rejects.toMatchObject(
      refused('unauthenticated'),
    );
    await on.bus.request(verifyApiKey, { sha256: hashKey(outside.key) });
    await on.bus.request(createLink, {
      projectId: on.projectId,
      userId: 'x',
      authConfigId: (await on.newConfig('acme_oauth')).id,
    });
  });

  it.each([
    [{ userId: 'ann', acts: ['accounts'] as const }, 'invalid_request'],
    [{ toolkit: 'acme_key', acts: ['keys'] as const }, 'invalid_request'],
    [{ projectId: 'proj_nowhere', acts: ['accounts'] as const }, 'not_found'],
  ])('is refused with a scope that makes no sense: %j', async (asked, code) => {
    await expect(on.bus.request(beginIncident, { ...asked, acts: [...asked.acts] })).rejects.toMatchObject(
      refused(code),
    );
  });
});
