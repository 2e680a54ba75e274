import { describe, expect, it } from 'vitest';
import { AddressPolicy } from '@patchbay/service';
import { dialTo, HostRefused } from './hosts.js';
import { redact } from './redact.js';

/** Why it is refused; empty when it would be connected to. */
function refusal(target: string, hosts: string[], privateHosts: string[] = []): string {
  const dial = dialTo(hosts, 'acme', new AddressPolicy(privateHosts));
  try {
    dial(target)
      .on('error', () => undefined)
      .destroy();
    return '';
  } catch (error) {
    if (!(error instanceof HostRefused)) throw error;
    return error.message;
  }
}

describe('where a program may connect to', () => {
  it('is what is listed with its package, at its port, and at 443 where none is said', () => {
    const hosts = ['api.acme.test', 'data.acme.test:8443', '[2001:db8::1]'];
    for (const target of ['api.acme.test:443', 'API.acme.test:443', 'data.acme.test:8443']) {
      expect(refusal(target, hosts)).toBe('');
    }
    for (const target of [
      'api.acme.test:80',
      'data.acme.test:443',
      'sub.api.acme.test:443',
      'api.acme.test.evil.test:443',
      'api.acme.test',
      'user@api.acme.test:443',
      '',
      ' api.acme.test:443',
    ]) {
      expect(refusal(target, hosts)).toContain('PATCHBAY_STDIO_ALLOWED');
    }
  });

  it('is no private address, unless the operator allows its toolkit that', () => {
    for (const host of [
      '127.0.0.1:80',
      '10.0.0.1',
      '169.254.169.254:80',
      '[::1]:443',
      '[::ffff:10.0.0.1]:443',
    ]) {
      const target = /:\d+$/.test(host) ? host : `${host}:443`;
      expect(refusal(target, [host])).toContain('not a public address');
    }
    expect(refusal('10.0.0.1:443', ['10.0.0.1'], ['10.0.0.1:443=acme'])).toBe('');
    expect(refusal('10.0.0.1:443', ['10.0.0.1'], ['10.0.0.1:443=other'])).toContain('not a public address');
    expect(refusal('10.0.0.1:443', [], ['10.0.0.1:443=acme'])).toContain('PATCHBAY_STDIO_ALLOWED');
  });
});

describe('what a program said', () => {
  it('is told without what it was given, in whatever form it prints it', () => {
    const secret = 'line one\nline "two"';
    const said = `env: ${JSON.stringify(secret)} and ${secret} and tok_123 and ab`;
    expect(redact(said, [secret, 'tok_123', 'ab'])).toBe('env: "…" and … and … and ab');
  });
});
