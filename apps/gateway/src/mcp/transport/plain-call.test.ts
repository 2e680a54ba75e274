import {
  classifyInboundRequest,
  isJSONRPCRequest,
  PROTOCOL_VERSION_META_KEY,
  specTypeSchemas,
} from '@modelcontextprotocol/server';
import { describe, expect, it } from 'vitest';
import { plainCallOf } from './plain-call.js';

const CALL = { jsonrpc: '2.0', id: 7, method: 'tools/call', params: { name: 'GET', arguments: { a: [1] } } };

describe('a plain call', () => {
  it('is one with a name and arguments or none, of a legacy version or none', () => {
    for (const version of [undefined, '2025-11-25', '2025-03-26'])
      expect(plainCallOf(CALL, version)).toBe(CALL);
    expect(plainCallOf({ ...CALL, id: 'a', params: { name: 'GET' } }, undefined)).toBeDefined();
  });

  it.each([
    ['of a version without sessions', CALL, '2026-07-28'],
    ['of no version', CALL, '1'],
    [
      'that claims a version',
      { ...CALL, params: { ...CALL.params, _meta: { [PROTOCOL_VERSION_META_KEY]: 1 } } },
    ],
    [
      'that wants to hear of its progress',
      { ...CALL, params: { ...CALL.params, _meta: { progressToken: 1 } } },
    ],
    ['with a field that JSON-RPC lacks', { ...CALL, more: 1 }],
    ['that is a response, too', { ...CALL, result: {} }],
    ['with a list for arguments', { ...CALL, params: { name: 'GET', arguments: [] } }],
    ['with null for arguments', { ...CALL, params: { name: 'GET', arguments: null } }],
    ['without an id', { jsonrpc: '2.0', method: 'tools/call', params: CALL.params }],
    ['of another method', { ...CALL, method: 'tools/list' }],
    ['in a batch', [CALL]],
    ['that is nothing', null],
  ])('is none %s', (_, body: unknown, version?: string) => {
    expect(plainCallOf(body, version)).toBeUndefined();
  });

  it('is what the SDK takes it for', () => {
    const odd = [undefined, null, 1.5, 2 ** 60, '', [], {}];
    let plain = 0;
    for (const jsonrpc of ['2.0', ...odd]) {
      for (const id of [7, 'a', ...odd]) {
        for (const name of ['GET', ...odd]) {
          for (const given of [{ a: 1 }, ...odd]) {
            for (const version of [undefined, '2025-11-25', '2024-11-05', '2026-07-28', 'x']) {
              const body = { jsonrpc, id, method: 'tools/call', params: { name, arguments: given } };
              const call = plainCallOf(body, version);
              if (!call) continue;
              plain += 1;
              const header = version === undefined ? {} : { protocolVersionHeader: version };
              const route = classifyInboundRequest({ httpMethod: 'POST', body, ...header });
              expect(route).toMatchObject({ kind: 'legacy', reason: 'no-claim' });
              expect(isJSONRPCRequest(body)).toBe(true);
              const checked = specTypeSchemas.CallToolRequestParams['~standard'].validate(call.params);
              expect(checked).toEqual({ value: call.params });
            }
          }
        }
      }
    }
    expect(plain).toBeGreaterThan(20);
  });
});
