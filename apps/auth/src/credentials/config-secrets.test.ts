import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ConnectionDetail } from '@patchbay/contracts';
import { type Accounts, refused, startAccounts } from '../../test/accounts.js';

let on: Accounts;
beforeAll(async () => {
  on = await startAccounts();
});
afterAll(() => on?.stop());

const changeConfigOf = ({ authConfig }: ConnectionDetail, set: string) =>
  on.sql(`UPDATE auth_configs SET ${set} WHERE id = $1`, [authConfig.id]);

describe('the client secret of an auth config', () => {
  it('is not opened for calls that are not signed with it', async () => {
    const account = await on.create('acme_oauth', { access_token: 'tok-1' });
    // No key opens it: an attempt would fail.
    await changeConfigOf(account, `sealed_credentials = 'v2.gone.c2VhbGVk.c2VhbGVk'`);
    expect(await on.open(account)).toMatchObject({ headers: { authorization: 'Bearer tok-1' } });
  });

  it('is given to who registers a webhook that is signed with it, and to nobody else', async () => {
    const account = await on.create('acme_oauth', { access_token: 'tok-1' });
    expect(await on.open(account)).not.toHaveProperty('appSecret');
    expect((await on.open(account, { appSecret: true })).appSecret).toMatch(/./);
    const keyed = await on.create('acme_key', { generic_api_key: 'key-1' });
    expect(await on.open(keyed, { appSecret: true })).not.toHaveProperty('appSecret');
  });

  it('still has to be for the address where its toolkit is now', async () => {
    const account = await on.create('acme_oauth', { access_token: 'tok-1' });
    await changeConfigOf(account, `bound_to = '{https://elsewhere.example}'`);
    await expect(on.open(account)).rejects.toMatchObject(refused('no_auth_config'));
  });
});
