import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Patchbay } from '@patchbay/client';
import { startPlatform } from '@patchbay/local';
import { createTestHome } from '@patchbay/testing';
import { startRotatingProvider } from './rotating.provider.mjs';

/** The platform with one toolkit, ROTATING_PING, whose provider is the rotating one. */
export async function startRotatingPlatform() {
  const home = await createTestHome();
  const provider = await startRotatingProvider();
  const platform = await startPlatform({
    home,
    env: {
      PATCHBAY_TOOLKITS_MODULE: await writeToolkits(home, provider.url),
      PATCHBAY_TOOLKIT_OVERRIDES: await writeOverrides(home),
      PATCHBAY_ALLOWED_PRIVATE_HOSTS: new URL(provider.url).host,
    },
  });

  const patchbay = new Patchbay({ baseUrl: platform.baseUrl, apiKey: platform.apiKey });

  async function stop() {
    await platform.stop();
    await provider.close();
    await rm(home, { recursive: true, force: true });
  }
  return { platform, provider, patchbay, stop };
}

async function writeToolkits(home, url) {
  const toolkit = `{
    slug: 'rotating', name: 'Rotating', description: 'Rotates.', logo: 'data:,', categories: [], version: '20261122_00',
    baseUrl: '${url}',
    auth: [{ scheme: 'OAUTH2', authorizationUrl: '${url}/authorize', tokenUrl: '${url}/token', scopes: [] }],
    tools: [{ kind: 'http', slug: 'ROTATING_PING', name: 'Ping', description: 'Pings.', method: 'GET', path: '/ping', input: z.object({}), tags: ['important'] }],
  }`;
  const file = join(home, 'toolkits.mjs');
  const zod = import.meta.resolve('zod');
  await writeFile(file, `import { z } from '${zod}';\nexport const toolkits = [${toolkit}];\n`);
  return file;
}

async function writeOverrides(home) {
  const file = join(home, 'overrides.yaml');
  await writeFile(
    file,
    JSON.stringify({ rotating: { oauth2: { client_id: 'app', client_secret: 'secret' } } }),
  );
  return file;
}
