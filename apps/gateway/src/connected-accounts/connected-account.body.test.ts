import { expect, it } from 'vitest';
import { LinkAccountBody, textsOf } from './connected-account.body.js';

it('tells a sign-in every value as text, and none that is null', () => {
  const values = { subdomain: 'acme', port: 8443, strict: true, scope: ['read', 'write'], region: null };
  const texts = { subdomain: 'acme', port: '8443', strict: 'true', scope: '["read","write"]' };
  expect(textsOf(values)).toEqual(texts);
  const link = { auth_config_id: 'ac_1', user_id: 'user_a', connection_data: values };
  expect(LinkAccountBody.parse(link).values).toEqual(texts);
});
