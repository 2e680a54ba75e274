import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createReconnectLink, followLink, getLink, updateProjectSettings } from '@patchbay/contracts';
import { eventually } from '@patchbay/testing';
import { type Accounts, refused, startAccounts } from '../../test/accounts.js';

let on: Accounts;
beforeAll(async () => {
  on = await startAccounts();
});
afterAll(() => on?.stop());

const TOKENS = { access_token: 'access-0', refresh_token: 'refresh-0', expires_in: 3_600 };
const submit = (token: string, values: Record<string, string>) =>
  on.bus.request(followLink, { token, values });

describe('the form of a link', () => {
  it('asks for what was not given, and shows nothing of what was', async () => {
    const { token } = await on.newLink('acme_host', { values: { subdomain: 'eu-1' } });
    const view = await on.bus.request(getLink, { token });
    expect(view.fields.map(({ name }) => name)).toEqual(['generic_api_key']);
    expect(JSON.stringify(view)).not.toContain('eu-1');
  });

  it('lets the person try again after a credential that the provider refuses', async () => {
    const { token, connection } = await on.newLink('acme_bearer');
    await expect(submit(token, { token: 'wrong' })).rejects.toMatchObject(refused('credential_refused'));
    await expect(submit(token, {})).rejects.toMatchObject(refused('invalid_request'));
    expect(await submit(token, { token: 'right' })).toMatchObject({
      outcome: { status: 'success', connectionId: connection.id },
    });
    expect(await on.get(connection.id)).toMatchObject({ status: 'ACTIVE', displayName: 'octocat' });
    await expect(submit(token, { token: 'right' })).rejects.toMatchObject(refused('link_not_usable'));
  });

  it('is taken once when it is sent twice at once', async () => {
    const { token } = await on.newLink('acme_bearer');
    const both = await Promise.allSettled(['one', 'two'].map((value) => submit(token, { token: value })));
    expect(both.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
  });
});

describe('a link to connect an account again', () => {
  it('leaves the account as it is when the sign-in fails, and keeps its id when it succeeds', async () => {
    const account = await on.create('acme_oauth', TOKENS);
    const attempt = async (query: Record<string, string>) => {
      const { token, connection } = await on.bus.request(createReconnectLink, {
        projectId: on.projectId,
        id: account.id,
      });
      expect(connection.id).toBe(account.id);
      const state = String((await on.follow(token)).searchParams.get('state'));
      return on.complete({ ...query, state });
    };
    expect((await attempt({ error: 'access_denied' })).status).toBe('failed');
    expect(await on.get(account.id)).toMatchObject({ status: 'ACTIVE', statusReason: null });
    expect((await on.open(account)).headers).toEqual({ authorization: 'Bearer access-0' });
    expect((await attempt({ code: 'code-1' })).status).toBe('success');
    await eventually(async () =>
      expect((await on.open(account)).headers).toEqual({ authorization: 'Bearer access-1' }),
    );
  });
});

describe('the page to come back to', () => {
  it('is on an origin that the project allows', async () => {
    const changes = { allowedCallbackOrigins: ['https://app.example', 'myapp:'] };
    await on.bus.request(updateProjectSettings, { projectId: on.projectId, changes });
    for (const callbackUrl of ['https://app.example/done?x=1', 'myapp://done']) {
      expect((await on.newLink('acme_key', { callbackUrl })).token).toMatch(/^lk_/);
    }
    const { id } = await on.create('acme_key', { generic_api_key: 'k' });
    for (const callbackUrl of [
      'https://app.example.evil.example',
      'http://app.example',
      'https://evil.example',
    ]) {
      await expect(on.newLink('acme_key', { callbackUrl })).rejects.toMatchObject(refused('invalid_request'));
      const again = { projectId: on.projectId, id, callbackUrl };
      await expect(on.bus.request(createReconnectLink, again)).rejects.toMatchObject(
        refused('invalid_request'),
      );
    }
  });
});
