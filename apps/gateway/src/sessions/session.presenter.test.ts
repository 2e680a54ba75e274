import { describe, expect, it } from 'vitest';
import { SessionConfig, type Session } from '@patchbay/contracts';
import { presentSession } from './session.presenter.js';

function sessionOf(config: object): Session {
  return {
    id: 'trs_1',
    projectId: 'proj_1',
    userId: 'ann',
    config: SessionConfig.parse(config),
    configVersion: 4,
    allowedCalls: [],
    exposedTools: ['GITHUB_GET_AN_ISSUE', 'COMPOSIO_SEARCH_TOOLS'],
    createdAt: '2026-01-01T00:00:00.000Z',
  };
}
const present = (config: object) => presentSession(sessionOf(config), 'https://tools.example');

function nullsIn(value: unknown): number {
  if (value === null) return 1;
  if (typeof value !== 'object') return 0;
  return Object.values(value).reduce<number>((sum, inner) => sum + nullsIn(inner), 0);
}

describe('the warnings of a session', () => {
  const codesFor = (userId: string) =>
    presentSession({ ...sessionOf({}), userId }, 'https://tools.example').warnings?.map(({ code }) => code);

  it.each([
    ['default', ['USER_ID_IS_DEFAULT']],
    ['ada@example.com', ['USER_ID_IS_EMAIL_ADDRESS']],
    ['ada.lovelace+tools@mail.example.co.uk', ['USER_ID_IS_EMAIL_ADDRESS']],
    ['user_a', undefined],
    ['default_user', undefined],
    ['ada@workspace', undefined],
    ['tenant@1 user@2.b', undefined],
  ])('are for the user id %s: %j', (userId, codes) => {
    expect(codesFor(userId)).toEqual(codes);
  });
});

describe('presentSession', () => {
  it("shows a session of defaults in the contract's words, and leaves out what is not set", () => {
    expect(present({})).toEqual({
      session_id: 'trs_1',
      mcp: { type: 'http', url: 'https://tools.example/tool_router/trs_1/mcp' },
      tool_router_tools: ['GITHUB_GET_AN_ISSUE', 'COMPOSIO_SEARCH_TOOLS'],
      config: {
        user_id: 'ann',
        auth_configs: {},
        connected_accounts: {},
        manage_connections: {
          enabled: true,
          enable_wait_for_connections: false,
          enable_connection_removal: true,
        },
        tools: {},
        tags: {},
        workbench: {
          enable: true,
          proxy_execution_enabled: true,
          auto_offload_threshold: 20_000,
          sandbox_size: 'standard',
        },
        multi_account: { enable: false, max_accounts_per_toolkit: 5, require_explicit_selection: false },
        preload: { tools: [] },
        search: { enable: true },
        execute: { enable_multi_execute: true },
      },
      config_version: 4,
    });
  });

  it('shows a scope as it is kept, and the page that users come back to', () => {
    const { config } = present({
      toolkits: { disabled: ['slack'] },
      tools: { github: { tags: { enabled: ['a'] } } },
      tags: { disabled: ['destructiveHint'] },
      manageConnections: { callbackUrl: 'https://app.example/done' },
    });
    expect(config).toMatchObject({
      toolkits: { disabled: ['slack'] },
      tools: { github: { tags: { enabled: ['a'] } } },
      tags: { disabled: ['destructiveHint'] },
      manage_connections: { callback_url: 'https://app.example/done' },
    });
  });

  it('has no null anywhere: the client refuses null where a field may be absent', () => {
    expect(nullsIn(present({}))).toBe(0);
  });

  it("warns when preloaded tools take much of the model's room", () => {
    const many = Array.from({ length: 21 }, (_, index) => `A_${index}`);
    const warned = { warnings: [{ code: 'PRELOAD_TOOLS_HIGH_CONTEXT_USAGE' }] };
    expect(present({ preload: { tools: many } })).toMatchObject(warned);
    expect(present({ preload: { tools: 'all' } })).toMatchObject(warned);
    expect(present({ preload: { tools: many.slice(1) } })).not.toHaveProperty('warnings');
  });

  it('says why there is no workbench although one was asked for', () => {
    const session = { ...sessionOf({}), workbenchMissing: 'bubblewrap is not installed' };
    expect(presentSession(session, 'https://patchbay.example')).toMatchObject({
      warnings: [{ code: 'WORKBENCH_NOT_AVAILABLE', message: 'bubblewrap is not installed' }],
    });
  });
});
