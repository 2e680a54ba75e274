import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort, startPlatform, type Platform } from '@patchbay/local';
import { startGithubEmulator, type GithubEmulator } from './github.emulator.js';
import { writeOverrides } from './overrides.js';

export interface TestPlatform {
  platform: Platform;
  github: GithubEmulator;
  /** Stops everything, and removes the platform's folder unless its data and logs are wanted. */
  stop(options?: { keepHome?: boolean }): Promise<void>;
}

/** Both prefixes of the API answer the OAuth callback, and either may be the one that is sent. */
const CALLBACKS = ['/api/v3.1/toolkits/auth/callback', '/api/v3/toolkits/auth/callback'];

/** The whole platform in an empty folder of its own, with the GitHub toolkit pointed at an emulator. */
export async function startTestPlatform(): Promise<TestPlatform> {
  const home = await mkdtemp(join(tmpdir(), 'patchbay-test-'));
  // The embedded Postgres runs as a user of its own, who must be able to reach its folder in here.
  await chmod(home, 0o755);
  const port = await freePort();
  const github = await startGithubEmulator({
    redirectUri: CALLBACKS.map((path) => `http://localhost:${port}${path}`),
  });
  try {
    const { port: githubPort } = new URL(github.url);
    const platform = await startPlatform({
      home,
      port,
      env: {
        PATCHBAY_TOOLKIT_OVERRIDES: await writeOverrides(home, { github: github.overrides }),
        PATCHBAY_ALLOWED_PRIVATE_HOSTS: `localhost:${githubPort},127.0.0.1:${githubPort}`,
      },
    });
    return {
      platform,
      github,
      stop: async ({ keepHome = false } = {}) => {
        await platform.stop();
        await github.close();
        if (!keepHome) await rm(home, { recursive: true, force: true });
      },
    };
  } catch (cause) {
    await github.close();
    throw new Error(`The platform for the tests did not start; what it logged is in ${home}`, { cause });
  }
}
