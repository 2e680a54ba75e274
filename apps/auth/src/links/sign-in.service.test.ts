import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { deleteConnection, followLink, updateProjectSettings } from '@patchbay/contracts';
import { type Connecting, startConnecting } from '../../test/connecting.js';
import { json, type OAuthProvider, text, TOKENS } from '../../test/oauth-provider.js';

let on: Connecting;
beforeAll(async () => {
  on = await startConnecting();
});
afterEach(() => {
  on.provider.reset();
});
afterAll(() => on?.stop());

const UNUSABLE = 'provider_answer_unusable: The provider answered';
const refused = (code: string) => expect.objectContaining({ code }) as unknown;

describe('a sign-in that fails', () => {
  it('says why when the person or the provider declined', async () => {
    const { id, state, token } = await on.followNew();
    const query = { error: 'access_denied', error_description: 'The user said no', state };
    expect(await on.complete(query)).toMatchObject({
      status: 'failed',
      error: 'access_denied',
      errorDescription: 'The user said no',
    });
    expect(await on.connectionOf(id)).toMatchObject({
      status: 'FAILED',
      statusReason: 'OAuth callback failed in token exchange: access_denied: The user said no',
    });
    await expect(on.follow(token)).rejects.toEqual(refused('link_not_usable'));
  });

  it.each([
    ['fails', text(500, '<h1>oops</h1>'), 'provider_unavailable: The provider answered 500.'],
    ['answers something that is no JSON', text(200, 'Thank you!'), UNUSABLE],
    ['answers without a token', json(200, { token_type: 'bearer' }), UNUSABLE],
    ['refuses with 400', json(400, { error: 'invalid_grant' }), 'invalid_grant'],
    [
      'refuses with 200',
      json(200, { error: 'bad_verification_code', error_description: 'The code is too old' }),
      'bad_verification_code: The code is too old',
    ],
    [
      'sends the exchange elsewhere',
      (response) => void response.writeHead(307, { location: '/other' }).end(),
      UNUSABLE,
    ],
  ] as [string, OAuthProvider['answers']['token'], string][])(
    'says so when the token endpoint %s',
    async (_, answer, reason) => {
      on.provider.answers.token = answer;
      const { id, state } = await on.followNew();
      expect((await on.complete({ code: 'c', state })).status).toBe('failed');
      const { status, statusReason } = await on.connectionOf(id);
      expect(status).toBe('FAILED');
      expect(statusReason).toContain(`OAuth callback failed in token exchange: ${reason}`);
      expect(await on.rowOf(id)).toMatchObject({ sealed_credential: null });
    },
  );

  it("blames the provider, and not our database, when the provider's connection breaks", async () => {
    on.provider.answers.token = (response) => void response.destroy();
    const { id, state } = await on.followNew();
    const { error, errorDescription } = await on.complete({ code: 'c', state });
    expect(error).toBe('provider_unreachable');
    expect(errorDescription).toMatch(/^The connection to 127\.0\.0\.1:\d+ broke off/);
    expect((await on.connectionOf(id)).statusReason).not.toMatch(/database|our side/);
  });

  it('is no success when its connection was deleted while the provider answered', async () => {
    const { id, state } = await on.followNew();
    on.provider.answers.token = (response) => {
      void on.bus
        .request(deleteConnection, { projectId: on.projectId, id })
        .then(() => json(200, TOKENS)(response));
    };
    const outcome = await on.complete({ code: 'c', state }).catch(() => ({ status: 'refused' }));
    expect(outcome.status).not.toBe('success');
    const told = on.events
      .filter(({ data }) => data['connectionId'] === id)
      .map(({ data }) => data['status']);
    expect(told).not.toContain('ACTIVE');
  });
});

describe('the answer to a sign-in', () => {
  const exchanged = () => on.provider.exchanges.length;

  it('is taken from the browser that it began in, and from no other', async () => {
    const { id, state, token } = await on.followNew();
    const before = exchanged();
    const other = await on.complete({ code: 'c', state }, { browsers: ['c'.repeat(64)] });
    expect(other).toMatchObject({ status: 'failed', error: 'other_browser' });
    // The code was not exchanged, and the sign-in it came with has ended; the link is still valid.
    expect(exchanged()).toBe(before);
    expect((await on.connectionOf(id)).status).toBe('INITIATED');
    await expect(on.complete({ code: 'c', state })).rejects.toEqual(refused('link_not_usable'));
    const again = String((await on.follow(token)).get('state'));
    expect(await on.complete({ code: 'c', state: again }, { browsers: [] })).toMatchObject({
      error: 'other_browser',
    });
    const last = String((await on.follow(token)).get('state'));
    expect((await on.complete({ code: 'c', state: last })).status).toBe('success');
  });

  it('is waited for only from a browser that will be known again', async () => {
    const { token } = await on.newLink();
    await expect(on.bus.request(followLink, { token })).rejects.toEqual(refused('invalid_request'));
  });

  it('may come from any browser where the project has it so', async () => {
    const changes = { bindSignInToBrowser: false };
    await on.bus.request(updateProjectSettings, { projectId: on.projectId, changes });
    const { state } = await on.followNew();
    expect((await on.complete({ code: 'c', state }, { browsers: [] })).status).toBe('success');
    const back = { bindSignInToBrowser: true };
    await on.bus.request(updateProjectSettings, { projectId: on.projectId, changes: back });
  });

  it('is refused when it names another issuer, or came to the address of one', async () => {
    const elsewhere = await on.followNew();
    const before = exchanged();
    expect(
      await on.complete({ code: 'c', state: elsewhere.state }, { issuer: 'x'.repeat(22) }),
    ).toMatchObject({ status: 'failed', error: 'issuer_mismatch' });
    for (const iss of ['https://evil.example', 'no address']) {
      const { id, state } = await on.followNew();
      expect((await on.complete({ code: 'c', state, iss })).error).toBe('issuer_mismatch');
      expect((await on.connectionOf(id)).status).toBe('FAILED');
    }
    expect(exchanged()).toBe(before);
    const { state } = await on.followNew();
    expect((await on.complete({ code: 'c', state, iss: on.provider.url })).status).toBe('success');
  });
});
