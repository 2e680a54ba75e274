import { beforeAll, describe, expect, it } from 'vitest';
import { AuthScheme } from 'composio-core-0-21';
import { connectKeyed } from '../support/accounts.js';
import { newComposio } from '../support/composio.js';
import { environment, unique } from '../support/environment.js';
import { customConfig } from '../support/forms.js';
import { createProject } from '../support/http.js';
import { untilRecorded } from '../support/record.js';
import { newestComposio } from '../support/sdk.newest.js';

type Sdk = ReturnType<typeof newestComposio>;
interface World {
  sdk: Sdk;
  user: string;
  /** A keyed account of the user, under its auth config. */
  account: string;
  config: string;
  session: Awaited<ReturnType<Sdk['sessions']['create']>>;
  ids: Record<string, string>;
}

const TIME = 'TIME_GET_CURRENT_TIME';
const KEY = AuthScheme.APIKey({ generic_api_key: environment.keys.ada });

/** In this order: each stands on those before it. */
const CALLS: Record<string, (on: World) => Promise<void>> = {
  'sessions.use': async ({ sdk, session: { sessionId } }) =>
    expect((await sdk.sessions.use(sessionId)).sessionId).toBe(sessionId),
  'tools.getRawComposioTools': async ({ sdk }) =>
    expect((await sdk.tools.getRawComposioTools({ toolkits: ['time'] })).map(({ slug }) => slug)).toContain(
      TIME,
    ),
  'tools.getRawComposioToolBySlug': async ({ sdk }) =>
    expect(await sdk.tools.getRawComposioToolBySlug(TIME)).toMatchObject({ slug: TIME }),
  'tools.getRawToolRouterSessionTools': async ({ sdk, session: { sessionId } }) =>
    expect((await sdk.tools.getRawToolRouterSessionTools(sessionId)).map(({ slug }) => slug)).toContain(
      'COMPOSIO_SEARCH_TOOLS',
    ),
  'tools.get': async ({ sdk, user }) =>
    expect(await sdk.tools.get(user, { tools: [TIME] })).toMatchObject([{ function: { name: TIME } }]),
  'tools.getToolsEnum': async ({ sdk }) =>
    expect(JSON.stringify(await sdk.tools.getToolsEnum())).toContain(TIME),
  'tools.execute': async ({ sdk, user, ids }) => {
    const done = await sdk.tools.execute(TIME, {
      userId: user,
      arguments: {},
      dangerouslySkipVersionCheck: true,
    });
    expect(done).toMatchObject({ successful: true, error: null });
    ids['log'] = String(done.logId);
  },
  'tools.proxyExecute': async ({ sdk, account }) =>
    expect(
      await sdk.tools.proxyExecute({
        endpoint: '/echo?text=heard',
        method: 'GET',
        connectedAccountId: account,
      }),
    ).toMatchObject({ status: 200 }),
  'tools.getInput': async ({ sdk }) =>
    expect(await sdk.tools.getInput(TIME, { text: 'what time is it' })).toHaveProperty('arguments'),
  'toolkits.get': async ({ sdk }) => expect(await sdk.toolkits.get('keyed')).toMatchObject({ slug: 'keyed' }),
  'toolkits.getMany': async ({ sdk }) =>
    expect(JSON.stringify(await sdk.toolkits.getMany(['time', 'keyed']))).toMatch(/keyed.*time|time.*keyed/),
  'toolkits.changelog': async ({ sdk }) =>
    expect((await sdk.toolkits.changelog()).items.length).toBeGreaterThan(0),
  'toolkits.listCategories': async ({ sdk }) =>
    expect((await sdk.toolkits.listCategories({})).items.length).toBeGreaterThan(0),
  'toolkits.getAuthConfigCreationFields': async ({ sdk }) =>
    expect(await sdk.toolkits.getAuthConfigCreationFields('keyed', 'API_KEY')).toEqual(expect.any(Array)),
  'toolkits.getConnectedAccountInitiationFields': async ({ sdk }) =>
    expect(
      (await sdk.toolkits.getConnectedAccountInitiationFields('keyed', 'API_KEY')).map(({ name }) => name),
    ).toContain('generic_api_key'),
  'toolkits.authorize': async ({ sdk }) =>
    expect((await sdk.toolkits.authorize(unique('user'), 'github')).redirectUrl).toContain('http'),
  'toolkits.recommendScopes': async ({ sdk }) =>
    expect(await sdk.toolkits.recommendScopes('slack', { tools: ['SLACK_SEND_MESSAGE'] })).toMatchObject({
      scopes: { leastPrivilege: ['chat:write'] },
    }),
  'toolkits.listGrantContexts': async ({ sdk }) =>
    expect(await sdk.toolkits.listGrantContexts('slack')).toMatchObject({ grantContextDimensions: [] }),
  'keyring.listTransferKeys': async ({ sdk }) => {
    const { activeKid, keys } = await sdk.keyring.listTransferKeys();
    expect(keys.map(({ kid }) => kid)).toContain(activeKid);
  },
  'authConfigs.create': async ({ sdk, ids }) => {
    const made = await sdk.authConfigs.create('keyed', {
      type: 'use_custom_auth',
      authScheme: 'API_KEY',
      credentials: {},
    });
    ids['config'] = made.id;
    expect(made).toMatchObject({ toolkit: 'keyed', authScheme: 'API_KEY' });
  },
  'authConfigs.get': async ({ sdk, ids }) =>
    expect(await sdk.authConfigs.get(ids['config']!)).toMatchObject({ id: ids['config'], status: 'ENABLED' }),
  'authConfigs.list': async ({ sdk, ids }) =>
    expect((await sdk.authConfigs.list({ toolkit: 'keyed' })).items.map(({ id }) => id)).toContain(
      ids['config'],
    ),
  'authConfigs.update': async ({ sdk, ids }) => {
    await sdk.authConfigs.update(ids['config']!, { type: 'custom', credentials: {} });
  },
  'authConfigs.disable': async ({ sdk, ids }) => {
    await sdk.authConfigs.disable(ids['config']!);
    expect((await sdk.authConfigs.list({ toolkit: 'keyed' })).items.map(({ id }) => id)).not.toContain(
      ids['config'],
    );
  },
  'authConfigs.enable': async ({ sdk, ids }) => {
    await sdk.authConfigs.enable(ids['config']!);
    expect((await sdk.authConfigs.get(ids['config']!)).status).toBe('ENABLED');
  },
  'authConfigs.updateStatus': async ({ sdk, ids }) => {
    await sdk.authConfigs.updateStatus('DISABLED', ids['config']!);
    expect((await sdk.authConfigs.get(ids['config']!)).status).toBe('DISABLED');
  },
  'authConfigs.delete': async ({ sdk, ids }) => {
    await sdk.authConfigs.delete(ids['config']!);
    await expect(sdk.authConfigs.get(ids['config']!)).rejects.toMatchObject({ status: 404 });
  },
  'connectedAccounts.list': async ({ sdk, user, account }) =>
    expect((await sdk.connectedAccounts.list({ userIds: [user] })).items).toMatchObject([{ id: account }]),
  'connectedAccounts.get': async ({ sdk, account }) =>
    expect(await sdk.connectedAccounts.get(account)).toMatchObject({ id: account, status: 'ACTIVE' }),
  'connectedAccounts.waitForConnection': async ({ sdk, account }) =>
    expect(await sdk.connectedAccounts.waitForConnection(account)).toMatchObject({ status: 'ACTIVE' }),
  'connectedAccounts.link': async ({ sdk, config }) =>
    expect((await sdk.connectedAccounts.link(unique('user'), config)).redirectUrl).toContain('/link/'),
  'connectedAccounts.initiate': async ({ sdk, config }) =>
    expect((await sdk.connectedAccounts.initiate(unique('user'), config, { config: KEY })).id).toMatch(
      /^ca_/,
    ),
  'connectedAccounts.refresh': async ({ sdk, account }) =>
    expect(await sdk.connectedAccounts.refresh(account)).toMatchObject({ id: account }),
  'connectedAccounts.disable': async ({ sdk, account }) => {
    await sdk.connectedAccounts.disable(account);
    expect((await sdk.connectedAccounts.get(account)).status).toBe('INACTIVE');
  },
  'connectedAccounts.enable': async ({ sdk, account }) => {
    await sdk.connectedAccounts.enable(account);
    expect((await sdk.connectedAccounts.get(account)).status).toBe('ACTIVE');
  },
  'connectedAccounts.updateStatus': async ({ sdk, account }) => {
    await sdk.connectedAccounts.updateStatus(account, { enabled: true });
  },
  'connectedAccounts.updateAcl': async ({ sdk, account }) => {
    await expect(sdk.connectedAccounts.updateAcl(account, { allowAllUsers: true })).rejects.toThrow(/SHARED/);
  },
  'experimental.updateAcl': async ({ sdk, account }) => {
    await expect(sdk.experimental.updateAcl(account, { allowAllUsers: true })).rejects.toThrow(/SHARED/);
  },
  'logs.search': async ({ sdk, ids }) => {
    expect(JSON.stringify(await sdk.logs.search({ limit: 100 }))).toContain(ids['log']);
  },
  'logs.get': async ({ sdk, ids }) =>
    expect(await sdk.logs.get(ids['log']!)).toMatchObject({ id: ids['log'] }),
  'mcp.create': async ({ sdk, ids }) => {
    const name = unique('s').slice(0, 20).replaceAll('_', '-');
    ids['mcp'] = (await sdk.mcp.create(name, { toolkits: ['time'], allowedTools: [TIME] })).id;
  },
  'mcp.list': async ({ sdk, ids }) =>
    expect(
      (await sdk.mcp.list({ page: 1, limit: 50, toolkits: [], authConfigs: [] })).items.map(({ id }) => id),
    ).toContain(ids['mcp']),
  'mcp.get': async ({ sdk, ids }) =>
    expect(await sdk.mcp.get(ids['mcp']!)).toMatchObject({ allowedTools: [TIME] }),
  'mcp.generate': async ({ sdk, user, ids }) =>
    expect((await sdk.mcp.generate(user, ids['mcp']!)).url).toContain(`user_id=${user}`),
  'mcp.update': async ({ sdk, ids }) => {
    await sdk.mcp.update(ids['mcp']!, { name: 'Renamed by the SDK' });
    expect((await sdk.mcp.get(ids['mcp']!)).name).toBe('Renamed by the SDK');
  },
  'mcp.delete': async ({ sdk, ids }) => {
    await sdk.mcp.delete(ids['mcp']!);
    const { items } = await sdk.mcp.list({ page: 1, limit: 50, toolkits: [], authConfigs: [] });
    expect(items.map(({ id }) => id)).not.toContain(ids['mcp']);
  },
  'sessions.delete': async ({ sdk, session: { sessionId } }) => {
    await sdk.sessions.delete(sessionId);
    await expect(sdk.sessions.use(sessionId)).rejects.toMatchObject({ status: 404 });
  },
  'connectedAccounts.delete': async ({ sdk, account }) => {
    await sdk.connectedAccounts.delete(account);
    await expect(sdk.connectedAccounts.get(account)).rejects.toMatchObject({ status: 404 });
  },
};

/** Methods that other files call, by what they are about. */
const ELSEWHERE = {
  'sessions.create': 'here, before all others; sdk-versions.test.ts',
  'tools.executeSessionTool': 'the tools of a session run by it: sdk-versions.test.ts',
  'connectedAccounts.completeAuth': 'connect-verifier.test.ts, through the screens of a provider',
  'connectedAccounts.revoke': 'connected-accounts.test.ts, by the same route',
  'connectedAccounts.update': 'the same as updateStatus',
  'files.upload': 'files.test.ts, by the same route: the SDK refuses storage on the loopback',
  'files.download': 'files.test.ts, by the same route',
  'sessionConfigs.list': 'saved-configs.test.ts',
  'sessionConfigs.get': 'saved-configs.test.ts',
  'experimental.usage.summary': 'record-api.test.ts',
  'experimental.usage.breakdown': 'record-api.test.ts',
  'experimental.customToolkits.upsert': 'sdk-toolkits.test.ts',
  'experimental.customToolkits.sync': 'sdk-toolkits.test.ts',
  'experimental.customToolkits.delete': 'sdk-toolkits.test.ts',
};
/** Of the SDK's own workings, although JavaScript shows them. */
const INTERNAL =
  /^(sessions\.createMCPServerConfig|authConfigs\.getClient|toolkits\.(getToolkits|getToolkitBySlug|getAuthConfigFields)|tools\.(transform|apply|create|wrap|executeComposioTool|executeWithTool|clientWithoutRetries|parseToolExecuteParams).*)$/;

function methodsOf(sdk: Sdk): string[] {
  const {
    sessions,
    sessionConfigs,
    tools,
    toolkits,
    authConfigs,
    connectedAccounts,
    files,
    keyring,
    logs,
    mcp,
  } = sdk;
  const { experimental } = sdk;
  const { usage, customToolkits } = experimental;
  // Triggers and webhooks have tests of their own.
  const spaces: Record<string, object> = {
    sessions,
    sessionConfigs,
    tools,
    toolkits,
    authConfigs,
    connectedAccounts,
    files,
    keyring,
    logs,
    mcp,
    experimental,
    'experimental.usage': usage,
    'experimental.customToolkits': customToolkits,
  };
  return Object.entries(spaces).flatMap(([space, made]) => {
    const names: string[] = [];
    for (
      let of = Object.getPrototypeOf(made) as object;
      of !== Object.prototype;
      of = Object.getPrototypeOf(of) as object
    )
      names.push(...Object.getOwnPropertyNames(of));
    return [...new Set(names)].filter((name) => name !== 'constructor').map((name) => `${space}.${name}`);
  });
}

it('there is none of the newest SDK that no test calls', () => {
  const known = [...Object.keys(CALLS), ...Object.keys(ELSEWHERE)];
  const there = methodsOf(newestComposio()).filter((name) => !INTERNAL.test(name));
  expect(known.toSorted()).toEqual(there.toSorted());
});

describe('each method of the newest SDK', () => {
  let world: World;
  beforeAll(async () => {
    const { apiKey } = await createProject(unique('sdk-methods'));
    const sdk = newestComposio(apiKey);
    const older = newComposio(apiKey);
    const user = unique('user');
    const config = await customConfig(older, 'keyed', 'API_KEY');
    const account = await connectKeyed(older, user, config);
    const session = await sdk.sessions.create(user, { toolkits: ['time'] });
    world = { sdk, user, account, config, session, ids: {} };
    await untilRecorded((await session.execute(TIME)).logId, { apiKey });
  });

  it.each(Object.keys(CALLS))('%s fits', async (name) => {
    await CALLS[name]?.(world);
  });
});
