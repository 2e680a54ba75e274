import { describe, expect, it } from 'vitest';
import { headerRefusal, mergeHeaders } from './request-headers.js';
import { SourceHeaders } from './project-toolkits.contract.js';

const OURS = 'is a header that only the platform sets';

describe('headerRefusal', () => {
  it.each([
    'Host',
    'connection',
    'Keep-Alive',
    'Content-Length',
    'TRANSFER-ENCODING',
    'te',
    'Trailer',
    'Upgrade',
    'Expect',
    'HTTP2-Settings',
    'Proxy-Authorization',
    'proxy-connection',
    'Forwarded',
    'Via',
    'X-Real-IP',
    'X-Forwarded-For',
    'x-forwarded-host',
    'CF-Connecting-IP',
    'True-Client-IP',
    'Patchbay-Project',
    'Sec-Fetch-Site',
    'X-Original-URL',
    'X-Rewrite-Url',
    'X-HTTP-Method-Override',
  ])('reserves %s', (name) => {
    expect(headerRefusal(name, 'x')).toBe(OURS);
  });

  it.each([
    'Authorization',
    'X-Api-Key',
    'Accept',
    'Content-Type',
    'User-Agent',
    'Cookie',
    'X-Host',
    'X-Tenant',
  ])('lets %s through where no credential is', (name) => {
    expect(headerRefusal(name, 'x')).toBeUndefined();
  });

  it.each(['X A', 'x:', '', 'x\r\nhost', ':authority', 'é', 'x'.repeat(201)])(
    'takes %j for no name',
    (name) => {
      expect(headerRefusal(name, 'x')).toBe('is no name of a header');
    },
  );

  it.each(['a\r\nhost: b', 'a\nb', 'a\u0000', '\u007f', 'snow ☃'])('takes %j for no value', (value) => {
    expect(headerRefusal('x-note', value)).toBe('has a value that no header can hold');
  });

  it("leaves an account's credential alone, in any case, and brings no cookies beside it", () => {
    const credential = { headers: { 'X-Api-Key': 'stored' } };
    for (const name of ['x-api-key', 'X-API-KEY', 'Cookie']) {
      expect(headerRefusal(name, 'mine', { credential })).toBe("is set by the account's credential");
    }
    expect(headerRefusal('x-tenant', 'mine', { credential })).toBeUndefined();
  });

  it('leaves the Model Context Protocol its own headers', () => {
    for (const name of [
      'Mcp-Session-Id',
      'mcp-protocol-version',
      'Last-Event-Id',
      'Accept',
      'Content-Type',
    ]) {
      expect(headerRefusal(name, 'x', { isMcp: true })).toContain('Model Context Protocol');
    }
    expect(headerRefusal('authorization', 'x', { isMcp: true })).toBeUndefined();
  });
});

describe('mergeHeaders', () => {
  it('has each name once, in whatever case it was written', () => {
    expect(mergeHeaders({ Accept: 'a', 'X-Api-Key': 'mine' }, undefined, { 'x-api-KEY': 'stored' })).toEqual({
      accept: 'a',
      'x-api-key': 'stored',
    });
  });
});

describe("the headers of a project's toolkit", () => {
  it('are none of the connection and none of the protocol', () => {
    expect(SourceHeaders.safeParse({ authorization: 'Bearer a', 'x-tenant': 'acme' }).success).toBe(true);
    for (const name of ['Host', 'Mcp-Session-Id', 'X-Forwarded-For', 'accept']) {
      expect(SourceHeaders.safeParse({ [name]: 'x' }).error?.issues[0]?.message).toContain(name);
    }
    expect(SourceHeaders.safeParse({ 'x-note': 'a\r\nhost: b' }).success).toBe(false);
  });
});
