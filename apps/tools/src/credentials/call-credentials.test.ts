import { describe, expect, it } from 'vitest';
import type { CustomAuth, OpenedCredential } from '@patchbay/contracts';
import type { Bus } from '@patchbay/service';
import type { InstalledToolkit } from '@patchbay/toolkits';
import { acmeAt } from '../../test/acme.js';
import { CallCredentials } from './call-credentials.js';

const toolkit: InstalledToolkit = {
  ...acmeAt('https://api.acme.example'),
  auth: [{ scheme: 'BEARER_TOKEN' }],
};
const stored: OpenedCredential = {
  connectionId: 'ca_1',
  authConfigId: 'ac_1',
  fingerprint: 'f1',
  headers: { Authorization: 'Bearer stored' },
  query: { key: 'stored' },
  urlValues: {},
};
const session = {
  id: null,
  userId: 'ada',
  scope: { tools: {}, tags: {} },
  authConfigs: {},
  connectedAccounts: {},
  requireChoice: false,
};
const credentials = new CallCredentials({ request: async () => stored } as unknown as Bus);

function open(parameters: CustomAuth['parameters'], account?: string) {
  const request = { projectId: 'proj_a', session, toolkit, toolSlug: 'ACME_DO', account };
  return credentials.open({ ...request, customAuth: { parameters } });
}
const header = (name: string, value = 'mine') => ({ name, in: 'header' as const, value });

describe('the token that a tool needs', () => {
  it.each(['user', undefined] as const)('is asked for as the tool says: %s', async (token) => {
    const asked: unknown[] = [];
    const bus = { request: async (_: unknown, input: unknown) => (asked.push(input), stored) };
    const opening = new CallCredentials(bus as unknown as Bus);
    await opening.open({ projectId: 'proj_a', session, toolkit, toolSlug: 'ACME_DO', token });
    expect(asked).toMatchObject([{ toolSlug: 'ACME_DO', token }]);
  });
});

describe('what a call adds to its requests by itself', () => {
  it.each(['Host', 'content-length', 'Transfer-Encoding', 'X-Forwarded-For', 'X-HTTP-Method-Override'])(
    'is never %s, with an account and without',
    async (name) => {
      for (const account of ['ca_1', undefined]) {
        await expect(open([header(name)], account)).rejects.toMatchObject({ code: 'invalid_request' });
      }
    },
  );

  it('begins no other header', async () => {
    await expect(open([header('x-note', 'a\r\nhost: evil')])).rejects.toThrow('that no header can hold');
  });

  it.each([
    header('authorization'),
    header('AUTHORIZATION'),
    header('cookie'),
    { ...header('key'), in: 'query' as const },
  ])("does not take the place of what the account's credential sets: $name in $in", async (parameter) => {
    await expect(open([parameter], 'ca_1')).rejects.toThrow("is set by the account's credential");
    expect(await open([parameter])).toMatchObject({ isOfThisCall: true });
  });

  it('goes beside the credential otherwise, and marks it as of this call alone', async () => {
    expect(await open([header('X-Tenant')], 'ca_1')).toMatchObject({
      connectionId: 'ca_1',
      headers: { authorization: 'Bearer stored', 'x-tenant': 'mine' },
      isOfThisCall: true,
    });
    expect(stored).not.toHaveProperty('isOfThisCall');
  });
});
