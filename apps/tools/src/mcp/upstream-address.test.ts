import { expect, it } from 'vitest';
import { upstreamAddress } from './upstream-address.js';

const ADDRESS = 'https://{tenant}.api.example.com/{tenant}/mcp?a=1';

it('is the toolkit’s, with what the account says in its places and its credential behind it', () => {
  const { href } = upstreamAddress(ADDRESS, { urlValues: { tenant: 'acme' }, query: { key: 'a&b=c' } });
  expect(href).toBe('https://acme.api.example.com/acme/mcp?a=1&key=a%26b%3Dc');
});

it('is none without what an account has to say', () => {
  expect(() => upstreamAddress(ADDRESS, { urlValues: {} })).toThrow('needs tenant, which no account says');
  expect(() => upstreamAddress(ADDRESS)).toThrow('needs tenant');
});
