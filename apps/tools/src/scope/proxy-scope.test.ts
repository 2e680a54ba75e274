import { describe, expect, it } from 'vitest';
import { ProxyMethod, SessionScope } from '@patchbay/contracts';
import { proxyRefusal, type ProxiedRequest } from './proxy-scope.js';

const toolkit = {
  slug: 'github',
  tools: [
    { slug: 'GITHUB_GET_AN_ISSUE', tags: ['important', 'readOnlyHint'] },
    { slug: 'GITHUB_CREATE_AN_ISSUE', tags: ['important'] },
    { slug: 'GITHUB_DELETE_A_REPOSITORY', tags: ['destructiveHint'] },
  ],
};
const METHODS = ProxyMethod.options;
const refusal = (given: object, method: ProxyMethod, isOn?: boolean, more: Partial<ProxiedRequest> = {}) =>
  proxyRefusal(SessionScope.parse(given), toolkit, { method, endpoint: '/x', parameters: [], ...more }, isOn);
const allowed = (given: object, isOn?: boolean) =>
  METHODS.filter((method) => refusal(given, method, isOn) === undefined).join(' ');
const ALL = METHODS.join(' ');

describe('requests of its own, of a session', () => {
  it('are free while nothing narrows the toolkit', () => {
    expect(allowed({})).toBe(ALL);
    expect(allowed({ toolkits: { enabled: ['github'] } })).toBe(ALL);
    expect(allowed({ tools: { gmail: { enabled: [] } }, tags: { disabled: [] } })).toBe(ALL);
  });

  it.each<[object]>([
    [{ tags: { enabled: ['readOnlyHint'] } }],
    [{ tags: { enabled: [] } }],
    [{ tags: { disabled: ['destructiveHint'] } }],
    [{ tools: { github: { enabled: ['GITHUB_CREATE_AN_ISSUE'] } } }],
    [{ tools: { github: { disabled: ['GITHUB_DELETE_A_REPOSITORY'] } } }],
    [{ tools: { github: { tags: { enabled: ['readOnlyHint'] } } } }],
  ])('are off while tools or tags are narrowed: %j', (scope) => {
    expect(allowed(scope)).toBe('');
    expect(allowed(scope, false)).toBe('');
    expect(refusal(scope, 'GET')).toContain('enable_proxy_execution');
  });

  it.each<[string, object, string]>([
    ['what reads', { tags: { enabled: ['readOnlyHint'] } }, 'GET HEAD'],
    [
      'what reads, of this toolkit',
      { tools: { github: { tags: { enabled: ['readOnlyHint'] } } } },
      'GET HEAD',
    ],
    ['nothing that destroys', { tags: { disabled: ['destructiveHint'] } }, 'GET HEAD'],
    ['nothing that creates', { tags: { disabled: ['createHint'] } }, 'GET DELETE PATCH HEAD'],
    ['what destroys', { tags: { enabled: ['destructiveHint'] } }, 'DELETE PATCH'],
    ['what a method does not tell', { tags: { enabled: ['important'] } }, ''],
    ['all but what a method does not tell', { tags: { disabled: ['important'] } }, ''],
    ['nothing', { tags: { enabled: [] } }, ''],
    ['tools that read', { tools: { github: { enabled: ['GITHUB_GET_AN_ISSUE'] } } }, 'GET HEAD'],
    ['tools that write, too', { tools: { github: { enabled: ['GITHUB_CREATE_AN_ISSUE'] } } }, ALL],
    [
      'tools that write, within tags that read',
      { tools: { github: { enabled: ['GITHUB_CREATE_AN_ISSUE'] } }, tags: { enabled: ['readOnlyHint'] } },
      'GET HEAD',
    ],
    [
      'all but the tools that write',
      { tools: { github: { disabled: ['GITHUB_CREATE_AN_ISSUE', 'GITHUB_DELETE_A_REPOSITORY'] } } },
      'GET HEAD',
    ],
  ])('keep to the methods of the scope where the session switches them on: %s', (_, scope, methods) => {
    expect(allowed(scope, true)).toBe(
      METHODS.filter((method) => methods.split(' ').includes(method)).join(' '),
    );
  });

  it('cannot be another request than their method says', () => {
    const reading = { tags: { enabled: ['readOnlyHint'] } };
    for (const more of [
      { endpoint: '/x?_method=DELETE#a' },
      { endpoint: 'https://api.example/x?a=1&%24httpMethod=DELETE' },
      { parameters: [{ name: 'X-HTTP-Method-Override', in: 'query' as const }] },
    ]) {
      expect(refusal(reading, 'GET', true, more)).toContain('another request');
    }
    expect(refusal({}, 'GET', undefined, { endpoint: '/x?_method=DELETE' })).toBeUndefined();
  });
});
