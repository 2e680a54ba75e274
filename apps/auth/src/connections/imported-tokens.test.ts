import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type Accounts, minutesLeft, startAccounts } from '../../test/accounts.js';

let on: Accounts;
let authConfigId: string;
beforeAll(async () => {
  on = await startAccounts();
  ({ id: authConfigId } = await on.newConfig('acme_oauth'));
});
afterEach(() => on.issuer.reset());
afterAll(() => on?.stop());

const HOUR = 3_600;
const given = { access_token: 'tok-1', refresh_token: 'refresh-0' };

describe('tokens that are brought along are understood', () => {
  it.each<[string, Record<string, unknown>, { life?: number; scope?: string; refreshes?: boolean }]>([
    [
      'with what an SDK knows of them',
      { ...given, expires_in: HOUR, scope: 'a b' },
      { life: HOUR, scope: 'a b' },
    ],
    ['with an expires_in of 1e20', { ...given, expires_in: 1e20 }, {}],
    ['with an expires_in of 1e300', { ...given, expires_in: 1e300 }, {}],
    ['with an expires_in in digits', { ...given, expires_in: '3600' }, { life: HOUR }],
    ['with an expires_in of null', { ...given, expires_in: null }, {}],
    ['with a negative expires_in', { ...given, expires_in: -1 }, {}],
    ['with an expires_in that is a word', { ...given, expires_in: 'soon' }, {}],
    [
      'with expires_at as a date',
      { ...given, expires_at: new Date(Date.now() + HOUR * 1000).toISOString() },
      { life: HOUR },
    ],
    ['with a list of scopes', { ...given, scope: ['a', 'b'] }, { scope: 'a b' }],
    ['with a list that holds more than scopes', { ...given, scope: ['a', null, { b: 1 }] }, { scope: 'a' }],
    ['with a scope of null', { ...given, scope: null }, {}],
    ['with an empty refresh_token', { ...given, refresh_token: '' }, { refreshes: false }],
    ['with a refresh_token of null', { ...given, refresh_token: null }, { refreshes: false }],
    ['with a token_type of null', { ...given, token_type: null }, {}],
    ['with a token_type of its own', { ...given, token_type: 'x'.repeat(100_000) }, {}],
  ])('%s', async (_, values, { life = null, scope, refreshes = true }) => {
    const { id } = await on.create('acme_oauth', values, { authConfigId });
    const account = await on.get(id);
    expect(account.status).toBe('ACTIVE');
    const { state } = account;
    expect({ scope: state['scope'], refreshes: 'refresh_token' in state }).toEqual({ scope, refreshes });
    expect(minutesLeft(state)).toBe(life === null ? null : life / 60);
    expect(String(state['token_type']).length).toBeLessThanOrEqual(100);
    expect((await on.open(account)).headers['authorization']).toBe('Bearer tok-1');
    expect(on.issuer.heardAt('/token')).toEqual([]);
  });
});
