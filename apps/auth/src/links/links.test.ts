import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { deleteConnection, followLink, getLink, listConnections, openCredential } from '@patchbay/contracts';
import { eventually } from '@patchbay/testing';
import { type Connecting, startConnecting } from '../../test/connecting.js';
import { ACCESS_TOKEN, isVerifierOf, REFRESH_TOKEN, text } from '../../test/oauth-provider.js';

let on: Connecting;
beforeAll(async () => {
  on = await startConnecting();
});
afterEach(() => {
  on.provider.reset();
});
afterAll(() => on?.stop());

const refused = (code: string) => expect.objectContaining({ code }) as unknown;

describe('a link', () => {
  it('is a page of ours for a connection that has begun, and kept as a hash only', async () => {
    const { token, url, connection } = await on.newLink();
    expect(url).toBe(`https://tools.example/link/${token}`);
    expect(connection).toMatchObject({ status: 'INITIALIZING', toolkit: 'github', connectedAt: null });
    expect(await on.bus.request(getLink, { token })).toMatchObject({
      projectName: 'acme',
      signInOrigin: on.provider.url,
      toolkit: { slug: 'github' },
    });
    const links = await on.sql('SELECT * FROM auth.connect_links');
    expect(JSON.stringify(links)).not.toContain(token);
  });

  it('has begun once its page was opened', async () => {
    const { token, connection } = await on.newLink();
    await on.bus.request(getLink, { token });
    expect((await on.connectionOf(connection.id)).status).toBe('INITIATED');
  });

  it('leads to the provider with a state, a challenge and our callback', async () => {
    const { sent, id } = await on.followNew();
    expect(Object.fromEntries(sent)).toMatchObject({
      response_type: 'code',
      client_id: 'my-app',
      redirect_uri: 'https://tools.example/api/v3.1/toolkits/auth/callback',
      code_challenge_method: 'S256',
    });
    expect((await on.connectionOf(id)).status).toBe('INITIATED');
    const states = await on.sql('SELECT * FROM auth.sign_ins');
    expect(JSON.stringify(states)).not.toContain(String(sent.get('state')));
  });

  it('is refused when it does not exist, and when it has expired', async () => {
    await expect(on.bus.request(getLink, { token: 'lk_forged' })).rejects.toEqual(refused('link_not_usable'));
    const { token, connection } = await on.newLink();
    const past = `UPDATE auth.connected_accounts SET created_at = now() - interval '11 minutes' WHERE id = $1`;
    await on.sql(past, [connection.id]);
    await expect(on.bus.request(followLink, { token })).rejects.toEqual(refused('link_not_usable'));
    expect(await on.connectionOf(connection.id)).toMatchObject({ status: 'EXPIRED' });
    const query = { projectId: on.projectId, ids: [connection.id], statuses: ['EXPIRED' as const] };
    expect((await on.bus.request(listConnections, query)).total).toBe(1);
  });
});

describe('a sign-in', () => {
  it('ends in an active account whose credential lies sealed, and nowhere plain', async () => {
    const { id, sent, state, connection } = await on.followNew();
    expect(await on.complete({ code: 'code-1', state })).toEqual({
      status: 'success',
      connectionId: id,
      toolkit: expect.objectContaining({ slug: 'github' }),
      projectName: 'acme',
      projectLogo: null,
      callbackUrl: 'https://app.example/done',
      error: null,
      errorDescription: null,
    });
    expect(await on.connectionOf(id)).toMatchObject({ status: 'ACTIVE', displayName: 'octocat' });

    const exchange = on.provider.exchanges.at(-1);
    expect(exchange?.get('code')).toBe('code-1');
    expect(exchange?.get('redirect_uri')).toBe(sent.get('redirect_uri'));
    expect(isVerifierOf(exchange?.get('code_verifier') ?? null, sent.get('code_challenge'))).toBe(true);

    const row = JSON.stringify(await on.rowOf(id));
    expect(row).toContain('v2.');
    for (const secret of [ACCESS_TOKEN, REFRESH_TOKEN, 'app-secret']) expect(row).not.toContain(secret);

    const open = {
      projectId: on.projectId,
      userId: connection.userId,
      toolkit: 'github',
      toolSlug: 'GITHUB_GET_ME',
      rules: {},
    };
    expect(await on.bus.request(openCredential, { ...open, address: '' })).toMatchObject({
      connectionId: id,
      headers: { authorization: `Bearer ${ACCESS_TOKEN}` },
    });
  });

  it('tells of each step, with no secret in it', async () => {
    const { id, state } = await on.followNew();
    await on.complete({ code: 'code-1', state });
    const told = () => on.events.filter(({ data }) => data['connectionId'] === id);
    await eventually(() =>
      expect(told().map(({ data }) => data['status'])).toEqual(['INITIALIZING', 'INITIATED', 'ACTIVE']),
    );
    expect(JSON.stringify(on.events)).not.toMatch(/gho_|ghr_|v1\./);
  });

  it('is as good when the provider does not say whose account it is', async () => {
    on.provider.answers.profile = text(500, 'oops');
    const { id, state } = await on.followNew();
    expect((await on.complete({ code: 'code-1', state })).status).toBe('success');
    expect(await on.connectionOf(id)).toMatchObject({ status: 'ACTIVE', displayName: null });
  });

  it('works once with a state', async () => {
    const { id, state } = await on.followNew();
    const [first, second] = await Promise.allSettled([
      on.complete({ code: 'code-1', state }),
      on.complete({ code: 'code-1', state }),
    ]);
    const endings = [first, second].map((result) => result.status).toSorted();
    expect(endings).toEqual(['fulfilled', 'rejected']);
    await expect(on.complete({ code: 'code-1', state })).rejects.toEqual(refused('link_not_usable'));
    expect((await on.connectionOf(id)).status).toBe('ACTIVE');
  });

  it('is refused with a state that is forged, missing or too old, and changes nothing', async () => {
    const { id, state } = await on.followNew();
    const before = await on.rowOf(id);
    await on.sql(
      `UPDATE auth.sign_ins SET expires_at = now() - interval '1 second'
        WHERE link_token_sha256 IN (SELECT token_sha256 FROM auth.connect_links WHERE connection_id = $1)`,
      [id],
    );
    const queries: Record<string, string>[] = [
      { code: 'c', state },
      { code: 'c', state: `${state}x` },
      { code: 'c' },
      { error: 'access_denied' },
    ];
    for (const query of queries) {
      await expect(on.complete(query)).rejects.toEqual(refused('link_not_usable'));
    }
    expect(await on.rowOf(id)).toEqual(before);
  });

  it('goes on with the newest state when the link was followed again', async () => {
    const { token, id, state } = await on.followNew();
    const again = String((await on.follow(token)).get('state'));
    await expect(on.complete({ code: 'c', state })).rejects.toEqual(refused('link_not_usable'));
    expect((await on.complete({ code: 'c', state: again })).status).toBe('success');
    await expect(on.follow(token)).rejects.toEqual(refused('link_not_usable'));
    await expect(on.bus.request(getLink, { token })).rejects.toEqual(refused('link_not_usable'));
    expect((await on.connectionOf(id)).status).toBe('ACTIVE');
  });

  it('is no account at all once its connection was deleted', async () => {
    const { id, state, token } = await on.followNew();
    await on.bus.request(deleteConnection, { projectId: on.projectId, id });
    await expect(on.complete({ code: 'c', state })).rejects.toEqual(refused('link_not_usable'));
    await expect(on.follow(token)).rejects.toEqual(refused('link_not_usable'));
  });
});
