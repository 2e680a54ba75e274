import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { completeOAuth } from '@patchbay/contracts';
import { type Accounts, refused, startAccounts } from '../../test/accounts.js';
import { answer, raw } from '../../test/issuer.js';

let on: Accounts;
let authConfigId: string;
beforeAll(async () => {
  on = await startAccounts();
  ({ id: authConfigId } = await on.newConfig('acme_bearer'));
});
afterEach(() => on.issuer.reset());
afterAll(() => on?.stop());

describe('a credential that is checked', () => {
  it.each<[string, ReturnType<typeof answer>, string, string]>([
    ['without words', answer(401, {}), 'credential_refused', 'acme_bearer does not accept this credential.'],
    [
      'in words',
      answer(401, { message: 'Bad credentials' }),
      'credential_refused',
      'acme_bearer does not accept this credential.|Bad credentials',
    ],
    [
      'in a list',
      answer(403, { errors: [{ title: 'Key revoked' }] }),
      'credential_refused',
      'acme_bearer does not accept this credential.|Key revoked',
    ],
    [
      'with a page',
      raw(401, '<html>', 'text/html'),
      'credential_refused',
      'acme_bearer does not accept this credential.',
    ],
    [
      'as it asks too often',
      answer(403, { message: 'API rate limit exceeded' }),
      'unavailable',
      'acme_bearer cannot check the credential at the moment: API rate limit exceeded',
    ],
    [
      'as it is away',
      answer(502, {}),
      'unavailable',
      'acme_bearer could not check the credential: it answered 502.',
    ],
  ])('is refused %s', async (_, instead, code, message) => {
    on.issuer.instead['/me'] = instead;
    const creating = on.create('acme_bearer', { token: 'tok-1' }, { authConfigId, validate: true });
    const [words, said = ''] = message.split('|');
    await expect(creating).rejects.toMatchObject({
      code,
      message: words,
      suggestion: expect.stringContaining(said),
    });
  });
});

describe('the words of a sign-in that cannot begin', () => {
  it.each<[string, ReturnType<typeof answer>, string]>([
    [
      'refuses',
      answer(400, { error: 'invalid_redirect_uri', error_description: 'https only' }),
      'acme_dcr refused: https only',
    ],
    ['is away', answer(503, {}), 'acme_dcr cannot do this at the moment: The provider answered 503.'],
    [
      'answers a page',
      raw(200, '<html>', 'text/html'),
      'acme_dcr answered with nothing that could be used: ',
    ],
    ['gives no answer', (response) => void response.destroy(), 'acme_dcr gave no answer: The connection to '],
  ])('say who %s', async (_, instead, words) => {
    on.issuer.instead['/register'] = instead;
    const { token } = await on.newLink('acme_dcr');
    const error = await on.follow(token).catch((thrown: unknown) => thrown);
    expect((error as Error).message).toContain(words);
  });

  it('say that an answer told nothing of its sign-in', async () => {
    const ended = on.bus.request(completeOAuth, { query: { error: 'invalid_scope' }, browsers: [] });
    await expect(ended).rejects.toMatchObject({
      ...refused('link_not_usable'),
      message: 'The provider sent you back without saying which sign-in this was.',
    });
  });
});
