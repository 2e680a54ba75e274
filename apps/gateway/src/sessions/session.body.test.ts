import { describe, expect, it } from 'vitest';
import { SessionChanges, SessionConfig } from '@patchbay/contracts';
import { Wire } from '../http/index.js';
import { CreateSessionBody, PatchSessionBody } from './session.body.js';

const create = (body: object) =>
  new Wire(CreateSessionBody).transform({ user_id: 'ann', ...body }) as CreateSessionBody;
const patch = (body: object) => new Wire(PatchSessionBody).transform(body) as PatchSessionBody;

function issuesOf(work: () => unknown): string[] {
  try {
    work();
  } catch (error) {
    return (error as { issues?: string[] }).issues ?? [];
  }
  return [];
}

/** What both bodies have, on the wire and in the domain's words. */
const BLOCKS: [string, object, object][] = [
  ['toolkits to enable', { toolkits: { enable: ['github'] } }, { toolkits: { enabled: ['github'] } }],
  ['no toolkits at all', { toolkits: { enable: [] } }, { toolkits: { enabled: [] } }],
  ['toolkits to disable', { toolkits: { disable: ['slack'] } }, { toolkits: { disabled: ['slack'] } }],
  ['tags as a list', { tags: ['readOnlyHint'] }, { tags: { enabled: ['readOnlyHint'] } }],
  [
    'tags both ways',
    { tags: { enable: ['a'], disable: ['b'] } },
    { tags: { enabled: ['a'], disabled: ['b'] } },
  ],
  [
    "a toolkit's own tools",
    { tools: { github: { enable: ['GITHUB_GET_AN_ISSUE'] }, slack: { disable: ['SLACK_X'] } } },
    { tools: { github: { enabled: ['GITHUB_GET_AN_ISSUE'] }, slack: { disabled: ['SLACK_X'] } } },
  ],
  [
    "a toolkit's own tags, in both forms",
    { tools: { github: { tags: ['a'] }, slack: { tags: { disable: ['b'] } } } },
    { tools: { github: { tags: { enabled: ['a'] } }, slack: { tags: { disabled: ['b'] } } } },
  ],
  ['auth configs', { auth_configs: { github: 'ac_1' } }, { authConfigs: { github: 'ac_1' } }],
  ['pins', { connected_accounts: { github: ['ca_1'] } }, { connectedAccounts: { github: ['ca_1'] } }],
  [
    'the settings of connections',
    {
      manage_connections: {
        enable: false,
        callback_url: 'https://app.example/done',
        enable_wait_for_connections: true,
        enable_connection_removal: false,
      },
    },
    {
      manageConnections: {
        enabled: false,
        callbackUrl: 'https://app.example/done',
        waitForConnections: true,
        connectionRemoval: false,
      },
    },
  ],
  [
    'the workbench',
    {
      workbench: {
        enable: true,
        enable_proxy_execution: false,
        auto_offload_threshold: 500,
        sandbox_size: 'large',
      },
    },
    { workbench: { enabled: true, proxyExecution: false, autoOffloadThreshold: 500, sandboxSize: 'large' } },
  ],
  ['the workbench by its other name', { sandbox: { enable: false } }, { workbench: { enabled: false } }],
  [
    'the workbench by both names, the first counting',
    { workbench: { enable: true }, sandbox: { enable: false } },
    { workbench: { enabled: true } },
  ],
  [
    'several accounts',
    { multi_account: { enable: true, max_accounts_per_toolkit: 3, require_explicit_selection: true } },
    { multiAccount: { enabled: true, maxAccountsPerToolkit: 3, requireExplicitSelection: true } },
  ],
  ['tools to preload', { preload: { tools: ['A_B'] } }, { preload: { tools: ['A_B'] } }],
  ['all tools to preload', { preload: { tools: 'all' } }, { preload: { tools: 'all' } }],
  ['no search', { search: { enable: false } }, { search: { enabled: false } }],
  ['no multi-execute', { execute: { enable_multi_execute: false } }, { execute: { multiExecute: false } }],
];

describe('a body that creates a session', () => {
  it.each(BLOCKS)('translates %s', (_, wire, domain) => {
    const { config } = create(wire);
    expect(config).toEqual(domain);
    // Every word of it is one that the domain knows; values such as slugs are checked further on.
    expect(SessionConfig.keyof().options).toEqual(expect.arrayContaining(Object.keys(domain)));
  });

  it('needs nothing but its user', () => {
    expect(create({})).toEqual({ userId: 'ann', config: {} });
    expect(issuesOf(() => new Wire(CreateSessionBody).transform(undefined))).toEqual([
      'user_id: is required (string)',
    ]);
    expect(issuesOf(() => create({ user_id: '' }))).toHaveLength(1);
  });

  it('takes null for "not given", in blocks and in their fields', () => {
    const nulls = { toolkits: null, tags: null, workbench: null, preload: null, search: null };
    expect(create(nulls).config).toEqual({});
    const fields = {
      manage_connections: { enable: null, callback_url: null, enable_wait_for_connections: true },
    };
    expect(create(fields).config).toEqual({ manageConnections: { waitForConnections: true } });
  });
});

describe('a body that changes a session', () => {
  it.each(BLOCKS)('translates %s', (_, wire, domain) => {
    const { changes } = patch(wire);
    expect(changes).toEqual(domain);
    expect(SessionChanges.keyof().options).toEqual(expect.arrayContaining(Object.keys(domain)));
  });

  it('passes null on: it brings the default back', () => {
    const nulls = {
      toolkits: null,
      tools: null,
      tags: null,
      auth_configs: null,
      connected_accounts: null,
      manage_connections: { callback_url: null },
      workbench: { sandbox_size: null },
      multi_account: null,
      preload: null,
      search: null,
      execute: null,
    };
    const { changes } = patch(nulls);
    expect(changes).toEqual({
      toolkits: null,
      tools: null,
      tags: null,
      authConfigs: null,
      connectedAccounts: null,
      manageConnections: { callbackUrl: null },
      workbench: { sandboxSize: null },
      multiAccount: null,
      preload: null,
      search: null,
      execute: null,
    });
    expect(SessionChanges.parse(changes)).toEqual(changes);
    expect(patch({ sandbox: null }).changes).toEqual({ workbench: null });
  });

  it('changes nothing when nothing is said', () => {
    expect(patch({})).toEqual({ changes: {} });
  });

  it('carries the version that it was made for', () => {
    expect(patch({ expected_config_version: 3 })).toEqual({ changes: {}, expectedVersion: 3 });
    expect(issuesOf(() => patch({ expected_config_version: 'three' }))).toHaveLength(1);
  });

  it('is refused with its user', () => {
    expect(issuesOf(() => patch({ user_id: 'bob' })).join()).toContain('user_id');
  });
});

describe.each([
  ['creates', create],
  ['changes', patch],
])('a body that %s a session', (_, parse) => {
  it.each([
    ['', { toolkit: { enable: ['github'] } }, 'toolkit'],
    ['search', { search: { enable: true, only: ['github'] } }, 'only'],
    ['manage_connections', { manage_connections: { disabled: true } }, 'disabled'],
    ['workbench', { workbench: { network: 'none' } }, 'network'],
    ['experimental', { experimental: { read_only: true } }, 'read_only'],
    [
      'experimental.permissions',
      { experimental: { permissions: { default: 'ask_every_call', deny: [] } } },
      'deny',
    ],
  ])(
    'is refused with a field of %j that is not known: it may be meant to narrow the session',
    (at, body, field) => {
      const [issue, ...others] = issuesOf(() => parse(body));
      expect(others).toEqual([]);
      expect(issue).toContain(at);
      expect(issue).toContain(`"${field}"`);
    },
  );

  it('is refused with a saved configuration and what else says what the session may use, be it null', () => {
    const experimental = { session_config_id: 'sc_1' };
    expect(issuesOf(() => parse({ experimental, toolkits: null, tags: [] }))).toEqual([
      expect.stringMatching(/^toolkits: /),
      expect.stringMatching(/^tags: /),
    ]);
    expect(issuesOf(() => parse({ experimental: { session_config_id: null }, tags: [] }))).toEqual([]);
  });

  it('may have what only the hosted service needs', () => {
    const hosted = {
      premium_usage: { toolkits: [] },
      instant: false,
      experimental: { fast_mode: true },
    };
    expect(parse(hosted)).toEqual(parse({}));
  });

  it.each([
    ['both ways at once', { toolkits: { enable: ['a'], disable: ['b'] } }, 'toolkits'],
    ['a list where a choice is wanted', { toolkits: ['github'] }, 'toolkits'],
    ['an unknown word in a filter', { tools: { github: { only: [] } } }, 'tools.github'],
    ['a text for a flag', { workbench: { enable: 'yes' } }, 'workbench.enable'],
    [
      'one account where a list is wanted',
      { connected_accounts: { github: 'ca_1' } },
      'connected_accounts.github',
    ],
    ['a word for what to preload', { preload: { tools: 'some' } }, 'preload.tools'],
    ['a number among tags', { tags: ['a', 1] }, 'tags'],
  ])('is refused with %s, naming the field', (__, body, field) => {
    const issues = issuesOf(() => parse(body));
    expect(issues).not.toEqual([]);
    expect(issues.join('\n')).toContain(`${field}`);
  });
});
