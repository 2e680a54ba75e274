import type { IncomingMessage } from 'node:http';
import { describe, expect, it } from 'vitest';
import { ClientAddress, networkOf, trustedProxiesSetting } from './client-address.js';

function addressOf(proxies: string, peer: string, forwarded?: string): string {
  const addresses = new ClientAddress({ PATCHBAY_TRUSTED_PROXIES: trustedProxiesSetting.parse(proxies) });
  const headers = forwarded === undefined ? {} : { 'x-forwarded-for': forwarded };
  return addresses.of({ socket: { remoteAddress: peer }, headers } as IncomingMessage);
}

describe('the address of a client', () => {
  it('is its connection’s, whatever it says, unless somebody is trusted', () => {
    expect(addressOf('', '203.0.113.7', '10.0.0.1')).toBe('203.0.113.7');
    expect(addressOf('10.0.0.0/8', '203.0.113.7', '198.51.100.1')).toBe('203.0.113.7');
  });

  it('is the last one before the trusted proxies', () => {
    expect(addressOf('10.0.0.0/8', '10.0.0.1', '198.51.100.1')).toBe('198.51.100.1');
    expect(addressOf('10.0.0.0/8', '10.0.0.1', '1.2.3.4, 198.51.100.1, 10.0.0.2')).toBe('198.51.100.1');
    expect(addressOf('loopback', '127.0.0.1', '127.0.0.1, 1.2.3.4, 198.51.100.1')).toBe('198.51.100.1');
  });

  it('is found by the number of proxies, where their addresses are not known', () => {
    expect(addressOf('1', '10.0.0.1', '1.2.3.4, 198.51.100.1')).toBe('198.51.100.1');
    expect(addressOf('2', '10.0.0.1', '1.2.3.4, 198.51.100.1, 10.7.7.7')).toBe('198.51.100.1');
  });

  it.each(['unknown', '_hidden', '', 'not an address, either', '%00', "'; --"])(
    'is the proxy’s when the proxy passes on %p',
    (forwarded) => {
      expect(addressOf('10.0.0.0/8', '10.0.0.1', forwarded)).toBe('10.0.0.1');
    },
  );

  it('is the same with and without a port, and as IPv4 over IPv6', () => {
    expect(addressOf('10.0.0.0/8', '::ffff:10.0.0.1', '198.51.100.1:4711')).toBe('198.51.100.1');
    expect(networkOf('::ffff:198.51.100.1')).toBe('198.51.100.1');
    expect(networkOf('[2001:db8::1]:443')).toBe(networkOf('2001:db8::1'));
  });

  it('is counted by the network of an IPv6 customer', () => {
    expect(networkOf('2001:db8:1:2:3:4:5:6')).toBe('2001:db8:1:2::/64');
    expect(networkOf('2001:db8:1:2::1')).toBe('2001:db8:1:2::/64');
    expect(networkOf('2001:db8:1:3::1')).not.toBe(networkOf('2001:db8:1:2::1'));
  });

  it.each(['10.0.0.0/8,oops', '10.0.0.0/99', 'all', 'true', '10', '123', '-1'])(
    'wants proxies that can be understood: %p',
    (text) => {
      // A number alone is how many there are.
      expect(trustedProxiesSetting.safeParse(text).success).toBe(text === '10');
    },
  );
});
