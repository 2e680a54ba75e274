import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { checkAuthConfig } from '@patchbay/contracts';
import { type Accounts, startAccounts } from '../../test/accounts.js';
import { answer } from '../../test/issuer.js';

let on: Accounts;
beforeAll(async () => {
  on = await startAccounts();
});
afterEach(() => on.issuer.reset());
afterAll(() => on?.stop());

const check = async (toolkit: string, credentials?: Record<string, string>) => {
  const { id } = await on.newConfig(toolkit, credentials && { credentials });
  return on.bus.request(checkAuthConfig, { projectId: on.projectId, id });
};

describe('the test of the credentials of an auth config', () => {
  it('says that they are right where the provider tells a wrong secret from a wrong code', async () => {
    on.issuer.instead['/token'] = (response, heard) =>
      answer(400, {
        error: heard.form.get('client_secret') === 'app-secret' ? 'invalid_grant' : 'invalid_client',
      })(response, heard);
    expect(await check('acme_oauth')).toMatchObject({ outcome: 'accepted' });
    const [first, second] = on.issuer.heardAt('/token').map(({ form }) => form.get('client_secret'));
    expect(first).toBe('app-secret');
    expect(second).not.toBe('app-secret');
    expect(await check('acme_oauth', { client_id: 'my-app', client_secret: 'mistyped' })).toMatchObject({
      outcome: 'refused',
      answer: expect.stringContaining('invalid_client'),
    });
  });

  it('claims nothing where the provider answers the same to any secret, and keeps nothing that it gives', async () => {
    on.issuer.instead['/token'] = answer(400, { error: 'invalid_grant', error_description: 'Bad code' });
    expect(await check('acme_oauth')).toMatchObject({
      outcome: 'unknown',
      answer: expect.stringContaining('Bad code'),
    });
    on.issuer.reset();
    expect(await check('acme_oauth')).toMatchObject({ outcome: 'unknown' });
  });

  it('tells a provider that is away from one that refuses', async () => {
    on.issuer.instead['/token'] = answer(503, {});
    expect(await check('acme_oauth')).toMatchObject({ outcome: 'unreachable' });
  });

  it('is answered outright by OAuth 1', async () => {
    expect(await check('acme_oauth1')).toMatchObject({ outcome: 'accepted' });
    const wrong = { consumer_key: 'consumer', consumer_secret: 'mistyped' };
    expect(await check('acme_oauth1', wrong)).toMatchObject({ outcome: 'refused' });
  });

  it.each(['acme_key', 'acme_dcr'])(
    'says of %s that nothing can be known before somebody connects',
    async (toolkit) => {
      expect(await check(toolkit)).toMatchObject({ outcome: 'unknown', answer: null });
    },
  );
});
