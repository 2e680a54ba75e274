import { expect, it } from 'vitest';
import { z } from 'zod';
import { oidcSettings, requireWholeOidc } from './oidc.settings.js';

const settings = z.object(oidcSettings).superRefine(requireWholeOidc);
const entra = (tenant: string, trustsEmail: string) =>
  settings.safeParse({
    PATCHBAY_OIDC_ISSUER: `https://login.microsoftonline.com/${tenant}/v2.0`,
    PATCHBAY_OIDC_CLIENT_ID: 'patchbay',
    PATCHBAY_OIDC_TRUST_EMAIL: trustsEmail,
  });

it.each(['common', 'organizations', 'consumers'])(
  'addresses of %s are not believed: anybody’s own tenant gives out any',
  (tenant) => {
    expect(entra(tenant, 'true').error?.issues).toMatchObject([{ path: ['PATCHBAY_OIDC_TRUST_EMAIL'] }]);
    expect(entra(tenant, 'false').success).toBe(true);
  },
);

it('addresses of one tenant may be believed', () => {
  expect(entra('6babcaad-604b-40ac-a9d7-9fd97c0b779f', 'true').success).toBe(true);
});
