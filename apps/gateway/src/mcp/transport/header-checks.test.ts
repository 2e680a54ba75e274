import { describe, expect, it } from 'vitest';
import { checkParameterHeaders, checkStandardHeaders, headerParametersOf } from './header-checks.js';

const reader =
  (headers: Record<string, string>) =>
  (name: string): string | undefined =>
    headers[name];
const CALL = { jsonrpc: '2.0' as const, id: 1, method: 'tools/call', params: { name: 'GITHUB_GET_ISSUE' } };
const STANDARD = {
  'mcp-protocol-version': '2026-07-28',
  'mcp-method': 'tools/call',
  'mcp-name': 'GITHUB_GET_ISSUE',
};

describe('the standard headers', () => {
  it('may say what the body says, also in Base64', () => {
    checkStandardHeaders(CALL, reader(STANDARD));
    const encoded = `=?base64?${Buffer.from('GITHUB_GET_ISSUE').toString('base64')}?=`;
    checkStandardHeaders(CALL, reader({ ...STANDARD, 'mcp-name': encoded }));
  });

  it.each(['mcp-protocol-version', 'mcp-method', 'mcp-name'])('may not be without %s', (name) => {
    const { [name as 'mcp-name']: _, ...rest } = STANDARD;
    expect(() => checkStandardHeaders(CALL, reader(rest))).toThrow(/is missing/);
  });

  it('may not name another tool, or nothing that can be read', () => {
    const named = (name: string) => () =>
      checkStandardHeaders(CALL, reader({ ...STANDARD, 'mcp-name': name }));
    expect(named('GITHUB_DELETE_A_REPOSITORY')).toThrow(/does not say what the body says/);
    expect(named('=?base64?R0lUSFVC!?=')).toThrow(/is no valid Base64/);
  });
});

describe('the headers of parameters', () => {
  const parameters = headerParametersOf({
    type: 'object',
    properties: {
      where: { type: 'object', properties: { region: { type: 'string', 'x-mcp-header': 'Region' } } },
      count: { type: 'integer', 'x-mcp-header': 'Count' },
      text: { type: 'string' },
    },
  });
  const check = (given: Record<string, unknown>, headers: Record<string, string>) => () =>
    checkParameterHeaders(parameters, given, reader(headers));

  it('are found where the schema has them, however deep', () => {
    expect(parameters).toEqual([
      { path: ['where', 'region'], header: 'Mcp-Param-Region' },
      { path: ['count'], header: 'Mcp-Param-Count' },
    ]);
  });

  it('must be there for what is given, and say the same', () => {
    expect(check({ where: { region: 'eu' } }, { 'mcp-param-region': 'eu' })).not.toThrow();
    expect(check({ count: 2 }, { 'mcp-param-count': '2.0' })).not.toThrow();
    expect(check({ where: {} }, {})).not.toThrow();
    expect(check({ where: { region: 'eu' } }, {})).toThrow(/Mcp-Param-Region is missing/);
    expect(check({ count: 2 }, { 'mcp-param-count': '3' })).toThrow(/Mcp-Param-Count does not say/);
  });
});
