import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { freePort, startPlatform, type Platform, type PlatformOptions } from '@patchbay/local';
import { startGithubEmulator, type GithubEmulator } from './github.emulator.js';
import { startGoogleEmulator, type GoogleEmulator } from './google.emulator.js';
import { startKeyedApi, type KeyedApi } from './keyed.api.js';
import type { LocalServer } from './local.server.js';
import { REGISTRY_TOKEN, startMcpRegistry } from './mcp.registry.js';
import { startOidcProvider, type OidcProvider } from './oidc.provider.js';
import { writeOverrides } from './overrides.js';
import { startSlackEmulator, type SlackEmulator } from './slack.emulator.js';
import { startStripeEmulator, type StripeEmulator } from './stripe.emulator.js';
import { createTestHome } from './test.home.js';
import type { TestToolkitSettings } from './test.toolkits.js';

/** What the platform's toolkits speak to. */
interface Providers {
  github: GithubEmulator;
  slack: SlackEmulator;
  google: GoogleEmulator;
  stripe: StripeEmulator;
  keyed: KeyedApi;
  oidc: OidcProvider;
  /** Upstream MCP servers. */
  mcp: LocalServer;
  /** Registries of MCP servers. */
  registry: LocalServer;
}

export interface TestPlatform extends Providers {
  platform: Platform;
  /** Stops everything, and removes the platform's folder unless its data and logs are wanted. */
  stop(options?: { keepHome?: boolean }): Promise<void>;
}

/** What the groups of the strict provider may do on a platform for tests. */
const OIDC_ROLES = { 'test-owners': 'owner', 'test-developers': 'developer', 'test-viewers': 'viewer' };

/** Both prefixes of the API answer the OAuth callback, and either may be the one that is sent. */
const CALLBACKS = ['/api/v3.1/toolkits/auth/callback', '/api/v3/toolkits/auth/callback'];

/** The whole platform in an empty folder of its own, with its toolkits pointed at providers on this machine. */
export async function startTestPlatform(
  env: NodeJS.ProcessEnv = {},
  logins?: PlatformOptions['logins'],
): Promise<TestPlatform> {
  const home = await createTestHome();
  const port = await freePort();
  const providers = await startProviders(CALLBACKS.map((path) => `http://localhost:${port}${path}`));
  const { github, slack, google, stripe, keyed, oidc, mcp, registry } = providers;
  const stopProviders = () =>
    Promise.all(Object.values(providers).map((provider: LocalServer) => provider.close())).then(
      () => undefined,
    );
  try {
    const platform = await startPlatform({
      home,
      port,
      logins,
      env: {
        // A test cannot wait a quarter of an hour to see that a server was asked for its tools again.
        PATCHBAY_MCP_REREAD_SECONDS: '1',
        PATCHBAY_MCP_REGISTRIES: `official=${registry.url},ours=${registry.url}/ours/`,
        PATCHBAY_MCP_REGISTRY_TOKENS: `ours=${REGISTRY_TOKEN}`,
        PATCHBAY_MCP_REGISTRY_ALLOWED: 'official:*,test.patchbay/open-mcp',
        PATCHBAY_OIDC_ISSUER: oidc.url,
        PATCHBAY_OIDC_CLIENT_ID: oidc.console.clientId,
        PATCHBAY_OIDC_CLIENT_SECRET: oidc.console.clientSecret,
        PATCHBAY_OIDC_NAME: 'Strict ID',
        PATCHBAY_OIDC_SCOPES: 'openid email profile groups',
        PATCHBAY_OIDC_ROLES: JSON.stringify(OIDC_ROLES),
        PATCHBAY_MODEL_URL: `${keyed.url}/model`,
        // The providers are on this machine, and reach the gateway by its own name.
        PATCHBAY_TRIGGER_WEBHOOKS: 'on',
        ...env,
        PATCHBAY_TOOLKIT_OVERRIDES: await writeOverrides(home, {
          github: github.overrides,
          slack: slack.overrides,
          gmail: { base_url: google.url },
          stripe: { base_url: stripe.url },
          strictoidc: { oauth2: { client_id: oidc.clientId, client_secret: oidc.clientSecret } },
        }),
        PATCHBAY_TOOLKITS_MODULE: await writeToolkits(home, {
          keyedUrl: keyed.url,
          oidcUrl: oidc.url,
          mcpUrl: mcp.url,
        }),
        PATCHBAY_ALLOWED_PRIVATE_HOSTS: [
          ...[github, slack, google, stripe, keyed, oidc, mcp].flatMap(hostsOf),
          // Tests listen for deliveries on whatever port is free.
          '127.0.0.1=webhooks',
          // What takes a file from an address that its caller names goes there by name only.
          ...hostsOf(keyed).map((host) => `${host}=keyed|filing|reader|acme`),
        ].join(','),
      },
    });
    return {
      platform,
      ...providers,
      stop: async ({ keepHome = false } = {}) => {
        await platform.stop();
        await stopProviders();
        if (!keepHome) await rm(home, { recursive: true, force: true });
      },
    };
  } catch (cause) {
    await stopProviders();
    throw new Error(`The platform for the tests did not start; what it logged is in ${home}`, { cause });
  }
}

async function startProviders(callbacks: string[]): Promise<Providers> {
  const [callback = ''] = callbacks;
  const oidc = await startOidcProvider(callback);
  // Most test files import this package and start none of it.
  const { startMcpServers } = await import('./mcp.servers.js');
  const mcp = await startMcpServers({ issuer: oidc.url, ownerOf: oidc.ownerOf });
  return {
    github: await startGithubEmulator({ redirectUri: callbacks }),
    slack: await startSlackEmulator(callback),
    google: await startGoogleEmulator(),
    stripe: await startStripeEmulator(),
    keyed: await startKeyedApi(),
    oidc,
    mcp,
    registry: await startMcpRegistry(mcp.url),
  };
}

function hostsOf({ url }: { url: string }): string[] {
  const { port } = new URL(url);
  return [`localhost:${port}`, `127.0.0.1:${port}`];
}

/** A module for the platform to load, as an operator would write one. */
async function writeToolkits(home: string, settings: TestToolkitSettings): Promise<string> {
  const file = join(home, 'toolkits.mjs');
  const source = new URL('./test.toolkits.js', import.meta.url).href;
  await writeFile(
    file,
    `import { testToolkits } from ${JSON.stringify(source)};\nexport const toolkits = testToolkits(${JSON.stringify(settings)});\n`,
  );
  return file;
}
