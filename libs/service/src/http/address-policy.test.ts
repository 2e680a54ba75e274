import { describe, expect, it } from 'vitest';
import { AppError } from '@patchbay/contracts';
import { AddressPolicy } from './address-policy.js';
import { asGiven, OPERATOR, UNAUTHENTICATED, unnamedHosts, type OutboundPurpose } from './private-hosts.js';

const noPrivateAddresses = new AddressPolicy([]);
const listed = new AddressPolicy(['Intranet.example', '10.0.0.7:8080', 'localhost:4000']);

const toolkit = (slug: string): OutboundPurpose => ({ for: 'toolkit', toolkit: slug });
const given = (slug: string): OutboundPurpose => ({ for: 'given_address', toolkit: slug });
const anything = toolkit('anything');

/** The refusal, or undefined when there was none. */
function refusal(policy: AddressPolicy, url: string, purpose = anything): AppError | undefined {
  try {
    policy.checkUrl(new URL(url), purpose);
    return undefined;
  } catch (error) {
    if (error instanceof AppError) return error;
    throw error;
  }
}

function refusedAddress(address: string): boolean {
  try {
    noPrivateAddresses.checkAddress(address, 'somewhere.example');
    return false;
  } catch (error) {
    if (error instanceof AppError) return true;
    throw error;
  }
}

describe('AddressPolicy', () => {
  it.each([
    'https://api.github.com/user',
    'http://example.com:8080',
    'https://8.8.8.8',
    'https://[2606:4700::1111]',
    // Other names of ours decide nothing: what a name resolves to is checked when the socket is opened.
    'http://localhost',
    'http://intranet.example',
  ])('lets %s pass by its text', (url) => {
    expect(noPrivateAddresses.checkUrl(new URL(url), anything)).toEqual({ mayBePrivate: false });
  });

  it.each([
    'http://10.1.2.3',
    'http://172.16.0.1',
    'http://192.168.1.1:8080',
    'http://127.0.0.1',
    'http://127.8.9.1',
    'http://169.254.169.254/latest/meta-data',
    'http://100.64.0.1',
    'http://0.0.0.0',
    'http://255.255.255.255',
    'http://224.0.0.1',
    // One number, hexadecimal and octal parts, a missing part: all of them 127.0.0.1.
    'http://2130706433',
    'http://0x7f000001',
    'http://0177.0.0.1',
    'http://127.1',
    'http://[::1]',
    'http://[::]',
    'http://[::ffff:10.0.0.1]',
    // The addresses of carriers (RFC 6598), and how they and others are written in IPv6 (RFC 6052, RFC 3056).
    'http://[::ffff:100.64.0.1]',
    'http://[::ffff:0:100.64.0.1]',
    'http://[64:ff9b::100.64.0.1]',
    'http://[64:ff9b:1::100.64.0.1]',
    'http://[2002:6440:1::1]',
    'http://[2001:0:6440:1::1]',
    'http://[::100.64.0.1]',
    'http://[::ffff:a00:1]',
    'http://[fc00::1]',
    'http://[fd12:3456::1]',
    'http://[fe80::1]',
    'http://[ff02::1]',
    // Translated to 10.0.0.1 by a NAT64 or a 6to4 gateway.
    'http://[64:ff9b::a00:1]',
    'http://[2002:a00:1::]',
  ])('refuses the private address %s', (url) => {
    expect(refusal(noPrivateAddresses, url)).toMatchObject({
      code: 'invalid_request',
      suggestion: expect.stringContaining('PATCHBAY_ALLOWED_PRIVATE_HOSTS'),
    });
  });

  // RFC 4291, section 2.5.5.1, and RFC 3879: both were taken out of use, and neither was ever public.
  it.each(['http://[::10.0.0.1]', 'http://[fec0::1]'])(
    'refuses %s, which no longer means anything',
    (url) => {
      expect(refusal(noPrivateAddresses, url)).toMatchObject({ code: 'invalid_request' });
    },
  );

  it.each([
    ['https://ada:secret@example.com', 'credentials'],
    ['https://ada@example.com', 'credentials'],
    ['file:///etc/passwd', 'only http and https'],
    ['ftp://example.com', 'only http and https'],
    ['data:text/plain,hello', 'only http and https'],
  ])('refuses %s with the reason, and without its secret', (url, reason) => {
    const refused = refusal(listed, url);
    expect(refused).toMatchObject({ code: 'invalid_request', message: expect.stringContaining(reason) });
    expect(refused?.message).not.toContain('secret');
  });

  it.each([
    'http://intranet.example',
    'https://INTRANET.example:8443/x',
    'http://10.0.0.7:8080',
    'http://localhost:4000',
    'http://127.0.0.1:4000',
    'http://[::1]:4000',
  ])('lets the listed %s be private', (url) => {
    expect(listed.checkUrl(new URL(url), anything)).toEqual({ mayBePrivate: true });
  });

  it.each(['http://10.0.0.7', 'https://10.0.0.7:8081', 'http://10.0.0.8:8080', 'http://127.0.0.1:4001'])(
    'refuses %s, as only another port or host is listed',
    (url) => {
      expect(refusal(listed, url)).toMatchObject({ code: 'invalid_request' });
    },
  );

  it.each(['http://intranet.example.evil.example', 'http://sub.intranet.example', 'http://localhost:4001'])(
    'does not take %s for a listed host',
    (url) => {
      expect(listed.checkUrl(new URL(url), anything)).toEqual({ mayBePrivate: false });
    },
  );

  it('takes a port that goes without saying for the one that is listed', () => {
    const policy = new AddressPolicy(['10.0.0.7:443', '10.0.0.8:80']);
    expect(policy.checkUrl(new URL('https://10.0.0.7'), anything)).toEqual({ mayBePrivate: true });
    expect(policy.checkUrl(new URL('http://10.0.0.8'), anything)).toEqual({ mayBePrivate: true });
    expect(refusal(policy, 'http://10.0.0.7')).toBeDefined();
  });

  it('refuses what a name resolves to when it is not public', () => {
    expect(refusedAddress('93.184.216.34')).toBe(false);
    expect(refusedAddress('2606:4700::1111')).toBe(false);
    expect(refusedAddress('192.168.0.1')).toBe(true);
    expect(refusedAddress('::ffff:192.168.0.1')).toBe(true);
    expect(refusedAddress('100.127.255.254')).toBe(true);
    expect(refusedAddress('::ffff:100.64.0.1')).toBe(true);
    expect(refusedAddress('64:ff9b::6440:1')).toBe(true);
    expect(refusedAddress('fe80::1%eth0')).toBe(true);
  });
});

describe('a private host of the list', () => {
  const policy = new AddressPolicy(['10.0.0.7', '10.0.0.8:80=Jira|crm', '[fd00::1]=crm']);
  const reaches = (host: string, purpose: OutboundPurpose) =>
    refusal(policy, `http://${host}`, purpose) === undefined;

  it.each([
    ['any toolkit at its own address', toolkit('slack'), ['10.0.0.7']],
    ['a toolkit that is named', toolkit('jira'), ['10.0.0.7', '10.0.0.8']],
    ['a toolkit that is named twice', toolkit('crm'), ['10.0.0.7', '10.0.0.8', '[fd00::1]']],
    ['a toolkit that goes where it is told', given('webfetch'), []],
    ['a named toolkit that goes where it is told', given('crm'), ['10.0.0.8', '[fd00::1]']],
    ['what a host leads a toolkit to', asGiven(toolkit('slack')), []],
    ['somebody without a key', UNAUTHENTICATED, []],
    ['an address of the settings', OPERATOR, ['10.0.0.7']],
  ])('is there for %s', (_, purpose, expected) => {
    expect(['10.0.0.7', '10.0.0.8', '[fd00::1]'].filter((host) => reaches(host, purpose))).toEqual(expected);
  });

  it('is told to its operator while it is there for every toolkit', () => {
    expect(unnamedHosts(['a.example:80', 'b.example=crm'])).toEqual(['a.example:80']);
  });
});
