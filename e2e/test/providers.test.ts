import { beforeAll, describe, expect, it } from 'vitest';
import { oidcSeen } from '@patchbay/testing';
import { nameIn } from '../support/accounts.js';
import { newComposio } from '../support/composio.js';
import { environment, unique } from '../support/environment.js';
import { inBrowser } from '../support/forms.js';
import { createProject } from '../support/http.js';
import { grantsOf, signInAtOidc, untilExpired } from '../support/oidc.js';

let composio: ReturnType<typeof newComposio>;

beforeAll(async () => {
  composio = newComposio((await createProject(unique('providers'))).apiKey);
});

describe('Slack', () => {
  /** Asks the emulator past the platform. */
  const slack = async (method: string, body: object = {}) => {
    const answer = await fetch(`${environment.slackUrl}/api/${method}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${environment.slackToken}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    return (await answer.json()) as {
      channels?: { id: string; name: string }[];
      messages?: { text: string }[];
    };
  };

  it('is connected by its own screens, and holds the message that was sent', async () => {
    const session = await composio.create(unique('user_a'), { toolkits: ['slack'] });
    const request = await session.authorize('slack');
    await inBrowser(async (page) => {
      await page.goto(String(request.redirectUrl));
      await page.getByRole('button', { name: 'Continue to Slack' }).click();
      await page.getByRole('button', { name: /developer/i }).click();
      await page.waitForURL((url) => url.origin !== environment.slackUrl);
    });
    expect(await request.waitForConnection(10_000)).toMatchObject({ status: 'ACTIVE' });

    const channel = (await slack('conversations.list')).channels?.find(({ name }) => name === 'deploys')?.id;
    const text = unique('It is live');
    const sent = await session.execute('SLACK_SEND_MESSAGE', { channel, text });
    expect(sent).toMatchObject({ error: null, data: { ok: true, message: { text } } });
    const { messages } = await slack('conversations.history', { channel });
    expect(messages?.map((message) => message.text)).toContain(text);
  });

  it('says no in its own words, with status 200, and the call fails', async () => {
    const session = await composio.create(unique('user_a'), { toolkits: ['slack'] });
    const request = await session.authorize('slack');
    await inBrowser(async (page) => {
      await page.goto(String(request.redirectUrl));
      await page.getByRole('button', { name: 'Continue to Slack' }).click();
      await page.getByRole('button', { name: /developer/i }).click();
      await page.waitForURL((url) => url.origin !== environment.slackUrl);
    });
    const sent = await session.execute('SLACK_SEND_MESSAGE', { channel: 'C_NOWHERE', text: 'lost' });
    expect(sent.error).toContain('channel_not_found');
  });
});

describe('a strict OpenID provider', () => {
  const connect = async (toolkit: string, userId = unique('user_a')) => {
    const login = unique('person');
    const session = await composio.create(userId, { toolkits: [toolkit] });
    const request = await session.authorize(toolkit);
    await inBrowser((page) => signInAtOidc(page, String(request.redirectUrl), login));
    const account = await request.waitForConnection(10_000);
    return { session, login, account };
  };
  const whoAmI = async ({ session, login }: Awaited<ReturnType<typeof connect>>, tool: string) => {
    const result = await session.execute(tool);
    expect({ error: result.error, name: nameIn(result) }).toEqual({ error: null, name: login });
  };

  it.each([
    ['strictoidc', 'OAUTH2', 'strict-app'],
    ['registering', 'DCR_OAUTH', expect.not.stringMatching(/^strict-app$/)],
  ])(
    'is signed in to with %s, and its tokens are refreshed by rotation, twice in a row',
    async (toolkit, authScheme, clientId) => {
      const connected = await connect(toolkit);
      const { account, login } = connected;
      expect(account).toMatchObject({
        status: 'ACTIVE',
        state: { authScheme, val: { displayName: login } },
      });
      const tool = `${toolkit.toUpperCase()}_WHO_AM_I`;
      await whoAmI(connected, tool);
      for (let round = 0; round < 2; round += 1) {
        const before = (await grantsOf(login)).length;
        await untilExpired(login);
        await whoAmI(connected, tool);
        expect((await grantsOf(login)).length).toBeGreaterThan(before);
      }
      const grants = await grantsOf(login);
      expect(grants[0]).toMatchObject({ grantType: 'authorization_code', clientId });
      expect(new Set(grants.slice(1).map(({ grantType }) => grantType))).toEqual(new Set(['refresh_token']));
      expect(new Set(grants.map((grant) => grant.clientId)).size).toBe(1);
      expect((await composio.connectedAccounts.get(account.id)).status).toBe('ACTIVE');
      expect((await oidcSeen(environment.oidcUrl)).refusals).toEqual([]);
    },
  );

  it('registers a client of its own for each account', async () => {
    const [first, second] = [await connect('registering'), await connect('registering')];
    const [a] = await grantsOf(first.login);
    const [b] = await grantsOf(second.login);
    expect(a?.clientId).not.toBe(b?.clientId);
  });

  it('makes no account newer by refreshing its tokens', async () => {
    const user = unique('user_a');
    const older = await connect('strictoidc', user);
    const newer = await connect('strictoidc', user);
    await untilExpired(older.login);
    const named = await newer.session.execute('STRICTOIDC_WHO_AM_I', {}, { account: older.account.id });
    expect(nameIn(named)).toBe(older.login);
    await whoAmI(newer, 'STRICTOIDC_WHO_AM_I');
  });

  it('ends FAILED when the person cancels at its screen', async () => {
    const session = await composio.create(unique('user_a'), { toolkits: ['strictoidc'] });
    const request = await session.authorize('strictoidc');
    await inBrowser(async (page) => {
      await page.route('https://fonts.googleapis.com/**', (route) => route.abort());
      await page.goto(String(request.redirectUrl));
      await page.getByRole('button', { name: /^Continue to / }).click();
      await page.getByRole('link', { name: /Cancel/ }).click();
      await page.getByRole('heading', { name: 'Strict OIDC was not connected' }).waitFor();
      expect(await page.locator('main').innerText()).toContain('declined');
    });
    await expect(request.waitForConnection(5_000)).rejects.toThrow(/FAILED.*access_denied/s);
  });
});
