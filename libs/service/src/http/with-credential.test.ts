import { describe, expect, it } from 'vitest';
import { signOAuth1 } from './oauth1.js';
import { withCredential } from './with-credential.js';

const none = { headers: {}, query: {}, urlValues: {} };
const oauth1 = { consumerKey: 'k', consumerSecret: 's', token: 't', tokenSecret: 'u' };
const request = (address = 'https://api.acme.example/things', headers: Record<string, string> = {}) => ({
  method: 'POST',
  url: new URL(address),
  headers,
});

describe('a request with a credential', () => {
  it('has its headers in the place of others of the same name', () => {
    const { headers } = withCredential(request(undefined, { 'X-Key': 'mine', accept: 'text/plain' }), {
      ...none,
      headers: { 'x-key': 'stored' },
    });
    expect(headers).toEqual({ 'x-key': 'stored', accept: 'text/plain' });
  });

  it('has its parameters in the place of others of the same name, which stay as they are written', () => {
    const sent = request('https://api.acme.example/?a=x+y&key=mine&b=%2c&k%65y=too');
    const { url } = withCredential(sent, { ...none, query: { key: 'k&y' } });
    expect(url.search).toBe('?a=x+y&b=%2c&key=k%26y');
    expect(sent.url.searchParams.get('key')).toBe('mine');
  });

  it.each([
    ['application/x-www-form-urlencoded; charset=utf-8', Buffer.from('a=1&a=&b=x+y'), 'a=1&a=&b=x+y'],
    ['application/json', '{}', undefined],
  ])('is signed for OAuth 1, of %s', (type, body, form) => {
    const sent = { ...request('https://api.acme.example/?q=', { 'content-type': type }), body };
    const { headers, url } = withCredential(sent, { ...none, query: { key: 'k' }, oauth1 });
    const { authorization = '' } = headers;
    const [nonce = '', time = ''] = ['nonce', 'timestamp'].map(
      (name) => new RegExp(`oauth_${name}="(\\w+)"`).exec(authorization)?.[1],
    );
    expect(url.search).toBe('?q=&key=k');
    expect(authorization).toBe(signOAuth1({ method: 'POST', url, form }, oauth1, nonce, Number(time)));
  });
});
