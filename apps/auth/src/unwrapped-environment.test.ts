import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { unwrappedEnvironment } from './unwrapped-environment.js';

const key = randomBytes(32).toString('base64');
const vault = createServer((_request, response) =>
  response.end(JSON.stringify({ data: { plaintext: key } })),
);
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'patchbay-unwrapped-'));
  await once(vault.listen(0, '127.0.0.1'), 'listening');
});
afterAll(async () => {
  vi.unstubAllEnvs();
  vault.close();
  await rm(folder, { recursive: true, force: true });
});

describe('keys that stand in a file', () => {
  it('are unwrapped where a key management service has wrapped them', async () => {
    const file = join(folder, 'keys');
    await writeFile(file, 'vault:v1:wrapped\n');
    vi.stubEnv('PATCHBAY_ENCRYPTION_KEYS_FILE', file);
    vi.stubEnv('PATCHBAY_KMS', 'vault');
    vi.stubEnv('PATCHBAY_KMS_KEY', 'transit/patchbay');
    vi.stubEnv('PATCHBAY_KMS_URL', `http://127.0.0.1:${(vault.address() as AddressInfo).port}`);
    vi.stubEnv('PATCHBAY_KMS_TOKEN', 'a token');
    const { PATCHBAY_ENCRYPTION_KEYS, PATCHBAY_ENCRYPTION_KEYS_FILE } = await unwrappedEnvironment();
    expect({ PATCHBAY_ENCRYPTION_KEYS, PATCHBAY_ENCRYPTION_KEYS_FILE }).toEqual({
      PATCHBAY_ENCRYPTION_KEYS: key,
    });
  });
});
