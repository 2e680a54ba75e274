import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  createLink,
  createReconnectLink,
  getLink,
  grantMcpAccess,
  issueAccessCode,
  newId,
  registerMcpClient,
} from '@patchbay/contracts';
import { type Accounts, refused, startAccounts } from '../../test/accounts.js';
import { runAuth } from '../../test/running-auth.js';
import { ExpirySweep } from './expiry.sweep.js';

const MOST = 3;
let on: Accounts;
let second: Awaited<ReturnType<typeof runAuth>>;
beforeAll(async () => {
  on = await startAccounts({ PATCHBAY_MAX_OPEN_LINKS: String(MOST) });
  second = await runAuth(on.settings);
});
afterAll(async () => {
  await second?.close();
  await on?.stop();
});

/** Both replicas at once. */
const sweep = () => Promise.all([on.auth, second].map(({ app }) => app.get(ExpirySweep).sweep()));
const countOf = async (table: string) =>
  Number((await on.sql(`SELECT count(*) FROM auth.${table}`))[0]?.['count']);
/** As if so much time had passed for one account and its links. */
async function age(id: string, interval: string): Promise<void> {
  await on.sql(`UPDATE auth.connected_accounts SET created_at = created_at - $2::interval WHERE id = $1`, [
    id,
    interval,
  ]);
  await on.sql(
    `UPDATE auth.connect_links SET expires_at = expires_at - $2::interval WHERE connection_id = $1`,
    [id, interval],
  );
}

describe('the sweep of what has expired', () => {
  it('ends an account whose sign-in was never finished, publishes it once, and deletes it after its time', async () => {
    const { connection, token } = await on.newLink('acme_oauth');
    const { id } = connection;
    await on.follow(token);
    await sweep();
    expect((await on.get(id)).status).toBe('INITIATED');

    await age(id, '12 minutes');
    await Promise.all([sweep(), sweep()]);
    const told = () => on.toldOf(id).map(({ status }) => status);
    expect(told()).toEqual(['INITIALIZING', 'INITIATED', 'EXPIRED']);
    expect(await on.get(id)).toMatchObject({
      status: 'EXPIRED',
      statusReason: expect.stringContaining('10'),
    });
    const isOver = expect.objectContaining({ message: 'This link has expired.' }) as unknown;
    await expect(on.bus.request(getLink, { token })).rejects.toEqual(isOver);

    await age(id, '31 days');
    await sweep();
    await expect(on.get(id)).rejects.toMatchObject(refused('connection_not_found'));
    expect(told()).toEqual(['INITIALIZING', 'INITIATED', 'EXPIRED', null]);
  });

  it('leaves accounts that were connected once, and those that somebody is about to connect', async () => {
    const tokens = { access_token: 'a', refresh_token: 'r', expires_in: 3_600 };
    const connected = await on.create('acme_oauth', tokens);
    const { connection } = await on.newLink('acme_oauth');
    await age(connected.id, '60 days');
    await age(connection.id, '60 days');
    await on.sql(`UPDATE auth.connected_accounts SET status = 'EXPIRED' WHERE id = ANY($1)`, [
      [connected.id, connection.id],
    ]);
    await on.bus.request(createReconnectLink, { projectId: on.projectId, id: connection.id });
    await sweep();
    for (const { id } of [connected, connection]) expect((await on.get(id)).status).toBe('EXPIRED');
  });

  it('deletes links, sign-ins, codes, grants and tokens that are over, and no others', async () => {
    const over = [await on.newLink('acme_oauth'), await on.newLink('acme_oauth')];
    const { token } = await on.newLink('acme_oauth');
    for (const link of [...over, { token }]) await on.follow(link.token);
    const { projectId } = on;
    const owner = { projectId, sessionId: newId('session'), userId: 'ann' };
    const redirectUri = 'https://app.example/callback';
    const { clientId } = await on.bus.request(registerMcpClient, { name: 'a', redirectUris: [redirectUri] });
    for (const _ of [1, 2]) {
      const { code: accessCode } = await on.bus.request(issueAccessCode, owner);
      await on.bus.request(issueAccessCode, owner);
      const asked = { accessCode, clientId, redirectUri, codeChallenge: 'challenge' };
      await on.bus.request(grantMcpAccess, asked);
    }
    const tables = ['connect_links', 'sign_ins', 'mcp_access_codes', 'mcp_grants', 'mcp_tokens'];
    await sweep();
    const before = await Promise.all(tables.map(countOf));
    for (const { connection } of over) await age(connection.id, '2 days');
    for (const table of tables.slice(1)) {
      await on.sql(
        `UPDATE auth.${table} SET expires_at = now() - interval '1 second'
          WHERE ctid IN (SELECT ctid FROM auth.${table} WHERE expires_at > now() LIMIT 1)`,
      );
    }
    await sweep();
    const after = await Promise.all(tables.map(countOf));
    // The sign-ins go with their links, and a token with its grant.
    expect(after[0]).toBe(Number(before[0]) - 2);
    for (const at of [1, 2, 3, 4]) expect(after[at]).toBeLessThan(Number(before[at]));
    expect(after[2]).toBe(Number(before[2]) - 1);
    expect(after[3]).toBe(Number(before[3]) - 1);
    expect((await on.bus.request(getLink, { token })).toolkit.slug).toBe('acme_oauth');
  });
});

describe('the open links of a user', () => {
  const wanted = async (userId: string) => {
    const { id: authConfigId } = await on.newConfig('acme_oauth');
    return { projectId: on.projectId, userId, authConfigId };
  };

  it('are no more than the setting says, however many are made at once, and say when there is room', async () => {
    const input = await wanted(on.newUser());
    const made = await Promise.allSettled(
      Array.from({ length: 3 * MOST }, () => on.bus.request(createLink, input)),
    );
    expect(made.filter(({ status }) => status === 'fulfilled')).toHaveLength(MOST);
    const refusal = made.find((one) => one.status === 'rejected')?.reason as { retryAfter: number };
    expect(refusal).toMatchObject({ code: 'rate_limited' });
    expect(refusal.retryAfter).toBeGreaterThan(500);
    expect(refusal.retryAfter).toBeLessThanOrEqual(600);
    // What was refused began no account, and the others are not held up.
    const accounts = await on.sql('SELECT 1 FROM auth.connected_accounts WHERE user_id = $1', [input.userId]);
    expect(accounts).toHaveLength(MOST);
    await on.bus.request(createLink, await wanted(on.newUser()));
  });

  it('make room when one was used, and count for accounts that are connected again as well', async () => {
    const input = await wanted(on.newUser());
    const links = [];
    for (let made = 0; made < MOST; made += 1) links.push(await on.bus.request(createLink, input));
    await expect(on.bus.request(createLink, input)).rejects.toMatchObject(refused('rate_limited'));
    const sent = await on.follow(String(links[0]?.token));
    await on.complete({ code: 'c', state: String(sent.searchParams.get('state')) }, sent);
    const again = { projectId: on.projectId, id: String(links[0]?.connection.id) };
    await on.bus.request(createReconnectLink, again);
    await expect(on.bus.request(createReconnectLink, again)).rejects.toMatchObject(refused('rate_limited'));
  });
});

it('a session has a bounded number of unused access codes', async () => {
  const owner = { projectId: on.projectId, sessionId: newId('session'), userId: 'ann' };
  for (let made = 0; made < 50; made += 1) await on.bus.request(issueAccessCode, owner);
  await expect(on.bus.request(issueAccessCode, owner)).rejects.toMatchObject(refused('rate_limited'));
});
