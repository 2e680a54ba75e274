import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  completeVerifiedOAuth,
  createProject,
  createReconnectLink,
  setAuthConfigEnabled,
  updateProjectSettings,
  type ProjectSettings,
} from '@patchbay/contracts';
import { type Connecting, startConnecting } from '../../test/connecting.js';
import { ACCESS_TOKEN, json } from '../../test/oauth-provider.js';

const VERIFIER = 'https://app.example/verify?tab=1&session_uri=planted';
let on: Connecting;
beforeAll(async () => {
  on = await startConnecting();
});
beforeEach(() => settings({ callbackVerifierUrl: VERIFIER }));
afterEach(() => {
  on.provider.reset();
});
afterAll(() => on?.stop());

const refused = (code: string) => expect.objectContaining({ code }) as unknown;
const settings = (changes: Partial<ProjectSettings>) =>
  on.bus.request(updateProjectSettings, { projectId: on.projectId, changes });
const finish = (userId: string, sessionUri: string, projectId = on.projectId) =>
  on.bus.request(completeVerifiedOAuth, { projectId, userId, sessionUri });

/** A user back from the provider, at the verifier of the developer's app. */
async function atVerifier() {
  const link = await on.followNew();
  const answer = await on.comeBack({ code: 'code-1', state: link.state });
  if (!('redirectUrl' in answer)) throw new Error('The browser was not sent to the verifier');
  const url = new URL(answer.redirectUrl);
  const sessionUri = String(url.searchParams.get('session_uri'));
  return { ...link, userId: link.connection.userId, url, sessionUri };
}

describe("a sign-in whose user the developer's app confirms", () => {
  it('goes to the verifier with a name that stands nowhere, and gets no token before', async () => {
    const exchanges = on.provider.exchanges.length;
    const { id, url, sessionUri, state } = await atVerifier();
    expect(url.href).toMatch(/^https:\/\/app\.example\/verify\?tab=1&session_uri=session_[\w-]{32}$/);
    expect(url.searchParams.getAll('session_uri')).toEqual([sessionUri]);
    expect((await on.connectionOf(id)).status).toBe('INITIATED');
    expect(on.provider.exchanges).toHaveLength(exchanges);
    const rows = JSON.stringify(await on.sql('SELECT * FROM auth.unverified_sign_ins'));
    for (const secret of [sessionUri, 'code-1', state]) expect(rows).not.toContain(secret);
    // What the provider sent is used up, and what the verifier was given is no state.
    for (const known of [state, sessionUri]) {
      await expect(on.comeBack({ code: 'code-1', state: known })).rejects.toEqual(refused('link_not_usable'));
    }
  });

  it('is complete once the app names the user who began it, and only once', async () => {
    const { id, userId, sessionUri, sent } = await atVerifier();
    expect(await finish(userId, sessionUri)).toEqual({ connectionId: id, toolkit: 'github' });
    expect(await on.connectionOf(id)).toMatchObject({ status: 'ACTIVE', displayName: 'octocat' });
    expect(on.provider.exchanges.at(-1)?.get('redirect_uri')).toBe(sent.get('redirect_uri'));
    expect(JSON.stringify(await on.rowOf(id))).not.toContain(ACCESS_TOKEN);
    await expect(finish(userId, sessionUri)).rejects.toEqual(refused('link_not_usable'));
  });

  it('connects nothing for another user, and cannot be completed by the right one after that', async () => {
    const exchanges = on.provider.exchanges.length;
    const { id, userId, sessionUri } = await atVerifier();
    await expect(finish('victim', sessionUri)).rejects.toEqual(refused('account_of_another_user'));
    expect(await on.connectionOf(id)).toMatchObject({
      status: 'FAILED',
      statusReason: expect.stringContaining('IDENTITY_VERIFICATION_FAILED') as unknown,
    });
    await expect(finish(userId, sessionUri)).rejects.toEqual(refused('link_not_usable'));
    expect(on.provider.exchanges).toHaveLength(exchanges);
  });

  it("is out of another project's reach, which takes nothing from its own", async () => {
    const { userId, sessionUri } = await atVerifier();
    const { project } = await on.bus.request(createProject, { name: 'other-project' });
    await expect(finish(userId, sessionUri, project.id)).rejects.toEqual(refused('link_not_usable'));
    expect(await finish(userId, sessionUri)).toMatchObject({ toolkit: 'github' });
  });

  it('is completed by one of several that try at once', async () => {
    const { id, userId, sessionUri } = await atVerifier();
    const tries = await Promise.allSettled([1, 2, 3].map(() => finish(userId, sessionUri)));
    expect(tries.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected', 'rejected']);
    expect((await on.connectionOf(id)).status).toBe('ACTIVE');
  });

  it.each([
    ['its own time is over', 'UPDATE auth.unverified_sign_ins SET expires_at = now()'],
    [
      'the time of its link is over',
      'UPDATE auth.connect_links SET expires_at = now() WHERE used_at IS NULL',
    ],
    [
      'its account has expired',
      "UPDATE auth.connected_accounts SET created_at = now() - interval '11 minutes'",
    ],
  ])('is late once %s', async (_, sql) => {
    const { userId, sessionUri } = await atVerifier();
    await on.sql(sql);
    await expect(finish(userId, sessionUri)).rejects.toEqual(refused('link_not_usable'));
  });

  it('is void once the person begins again, or its config is disabled', async () => {
    const { token, userId, sessionUri } = await atVerifier();
    await on.follow(token);
    await expect(finish(userId, sessionUri)).rejects.toEqual(refused('link_not_usable'));

    const other = await atVerifier();
    const config = { projectId: on.projectId, id: other.connection.authConfig.id };
    await on.bus.request(setAuthConfigEnabled, { ...config, enabled: false });
    await expect(finish(other.userId, other.sessionUri)).rejects.toEqual(refused('link_not_usable'));
    await on.bus.request(setAuthConfigEnabled, { ...config, enabled: true });
  });

  it('says why the provider gave no tokens, and keeps no hope', async () => {
    on.provider.answers.token = json(400, {
      error: 'invalid_grant',
      error_description: 'The code is too old',
    });
    const { id, userId, sessionUri } = await atVerifier();
    await expect(finish(userId, sessionUri)).rejects.toMatchObject({
      code: 'credential_refused',
      message: expect.stringContaining('The code is too old') as unknown,
    });
    expect((await on.connectionOf(id)).status).toBe('FAILED');
  });

  it('does not get to the verifier when it was declined, or came back in another browser', async () => {
    const declined = await on.followNew();
    const query = { error: 'access_denied', state: declined.state };
    expect(await on.complete(query)).toMatchObject({ error: 'access_denied' });
    const stolen = await on.followNew();
    const elsewhere = { browsers: ['e'.repeat(64)] };
    expect(await on.complete({ code: 'c', state: stolen.state }, elsewhere)).toMatchObject({
      error: 'other_browser',
    });
  });

  it('leaves an account as it was that was connected before', async () => {
    const { id, userId, sessionUri } = await atVerifier();
    await finish(userId, sessionUri);
    const { token } = await on.bus.request(createReconnectLink, { projectId: on.projectId, id });
    const state = String((await on.follow(token)).get('state'));
    const answer = await on.comeBack({ code: 'code-2', state });
    const again = String(
      new URL((answer as { redirectUrl: string }).redirectUrl).searchParams.get('session_uri'),
    );
    await expect(finish('victim', again)).rejects.toEqual(refused('account_of_another_user'));
    expect(await on.connectionOf(id)).toMatchObject({ status: 'ACTIVE', statusReason: null });
  });

  it('needs nobody once the project takes the verifier away', async () => {
    await settings({ callbackVerifierUrl: null });
    const { state } = await on.followNew();
    expect((await on.complete({ code: 'c', state })).status).toBe('success');
    await expect(settings({ callbackVerifierUrl: 'javascript:alert(1)' })).rejects.toEqual(
      refused('invalid_request'),
    );
  });
});
