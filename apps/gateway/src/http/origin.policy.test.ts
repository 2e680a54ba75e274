import { describe, expect, it } from 'vitest';
import { OriginPolicy } from './origin.policy.js';

const policy = new OriginPolicy({
  PUBLIC_URL: 'https://tools.example.com/patchbay',
  PATCHBAY_ALLOWED_HOSTS: ['gateway'],
  PATCHBAY_ALLOWED_ORIGINS: [],
});

describe('the URL under which a client reaches the gateway', () => {
  it.each([
    ['a name of ours', 'gateway:3000', 'http://gateway:3000'],
    ['the loopback', '127.0.0.1:3000', 'http://127.0.0.1:3000'],
    ['the loopback by IPv6', '[::1]:3000', 'http://[::1]:3000'],
  ])('is on the origin of its request: %s', (_, host, url) => {
    expect(policy.urlFor({ protocol: 'http', host })).toBe(url);
  });

  it.each([
    ['its host, behind a proxy that speaks TLS', 'tools.example.com'],
    ['a name that is not ours', 'evil.example'],
    ['a name that only begins like ours', 'gateway.evil.example'],
    ['what is no host', 'gateway/../@evil.example'],
    ['nothing', ''],
  ])('is the public one: %s', (_, host) => {
    expect(policy.urlFor({ protocol: 'http', host })).toBe('https://tools.example.com/patchbay');
  });
});
