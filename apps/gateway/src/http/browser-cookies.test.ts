import { describe, expect, it } from 'vitest';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { BrowserCookies } from './browser-cookies.js';

const https = new BrowserCookies({ PUBLIC_URL: 'https://patchbay.example.com' });
const VALUE = 'v'.repeat(32);
const from = (cookie: string) => ({ headers: { cookie } }) as FastifyRequest;

function mark(cookies: BrowserCookies, cookie = ''): string {
  let given = '';
  cookies.setCookie({
    request: from(cookie),
    header: (_: string, value: string) => (given = value),
  } as unknown as FastifyReply);
  return given;
}

describe('the cookie that a browser is known by', () => {
  it('can be planted by no other host, and is read by no script', () => {
    expect(mark(https)).toMatch(
      /^__Host-patchbay_browser_[0-9a-f]{12}=[\w-]{32}; Max-Age=3600; Path=\/; HttpOnly; Secure; SameSite=Lax$/,
    );
    expect(https.hashesOf(from(`patchbay_browser_1=${VALUE}`))).toEqual([]);
  });

  it('is kept by browsers on http as well, where PUBLIC_URL is', () => {
    const http = new BrowserCookies({ PUBLIC_URL: 'http://localhost:3000' });
    expect(mark(http)).toMatch(/^patchbay_browser_.*HttpOnly; SameSite=Lax$/);
    expect(mark(http)).not.toContain('Secure');
  });

  it('stays the same, and each of several counts', () => {
    const both = `x=1; __Host-patchbay_browser_b=${VALUE}; __Host-patchbay_browser_a=${'w'.repeat(32)}`;
    expect(mark(https, both)).toMatch(/^__Host-patchbay_browser_a=w{32};/);
    expect(https.hashesOf(from(both))).toHaveLength(2);
    expect(https.hashesOf(from(both))).toEqual(
      https.hashesOf(from(both.split('; ').toReversed().join('; '))),
    );
  });

  it('is none when it is not one of ours', () => {
    expect(https.hashesOf(from(`__Host-patchbay_browser_a=short`))).toEqual([]);
    const many = Array.from({ length: 50 }, (_, at) => `__Host-patchbay_browser_${at}=${VALUE}`).join('; ');
    expect(https.hashesOf(from(many))).toHaveLength(20);
  });
});
