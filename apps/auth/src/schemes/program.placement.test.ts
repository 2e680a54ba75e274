import { expect, it } from 'vitest';
import { authField, type AuthSpec, type InstalledToolkit } from '@patchbay/toolkits';
import { covers, originOf, originsOf } from './destinations.js';
import { placeCredential } from './placement.js';

const spec: AuthSpec = {
  scheme: 'API_KEY',
  placement: { program: ['token', 'region'] },
  connectionFields: [
    authField('token', 'Token', { secret: true }),
    authField('region', 'Region', { required: false }),
  ],
};

it('a program is given the values of its fields as they are, and nothing for which there is none', () => {
  const values = { token: 'a\nb', other: 'x' };
  expect(placeCredential(spec, { kind: 'fields', values }, () => undefined)).toEqual({
    headers: {},
    query: {},
    urlValues: {},
    programValues: { token: 'a\nb' },
  });
});

it('an account is bound to a package in whatever version, and to no other package', () => {
  const at = (baseUrl: string) => originsOf({ baseUrl } as InstalledToolkit, spec);
  expect(originOf('pkg:npm/%40acme/mcp@1.0.0')).toBe('pkg:npm/%40acme/mcp');
  const bound = at('pkg:npm/%40acme/mcp@1.0.0');
  expect(covers(bound, at('pkg:npm/%40acme/mcp@2.0.0'))).toBe(true);
  for (const other of ['pkg:npm/mcp@1.0.0', 'pkg:pypi/mcp@1.0.0', 'https://acme.example/mcp'])
    expect(covers(bound, at(other))).toBe(false);
});
