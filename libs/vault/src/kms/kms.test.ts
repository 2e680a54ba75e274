import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { inspect } from 'node:util';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { KEYS, startKmsFake, VAULT_TOKEN } from '../../test/kms.fake.js';
import { unwrapSettings } from './unwrap-settings.js';

let kms: Awaited<ReturnType<typeof startKmsFake>>;
let folder: string;
beforeAll(async () => {
  kms = await startKmsFake();
  folder = await mkdtemp(join(tmpdir(), 'patchbay-kms-'));
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'AKIA0');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'secret');
  vi.stubEnv('GCE_METADATA_HOST', kms.host);
  vi.stubEnv('METADATA_SERVER_DETECTION', 'assume-present');
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await kms?.close();
  await rm(folder, { recursive: true, force: true });
});
beforeEach(() => {
  kms.state.isDown = false;
  kms.state.asked = 0;
  kms.state.instead = undefined;
});

const newKey = fileURLToPath(new URL('../../dist/new-key.js', import.meta.url));
const settingsOf = (kind: keyof typeof KEYS) => ({
  PATCHBAY_KMS: kind,
  PATCHBAY_KMS_KEY: KEYS[kind],
  PATCHBAY_KMS_URL: kms.url,
  ...(kind === 'vault' && { PATCHBAY_KMS_TOKEN: VAULT_TOKEN }),
});

/** What `new-key.js` prints. */
function made(env: NodeJS.ProcessEnv, args: string[] = [], input = ''): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = execFile(
      process.execPath,
      [newKey, ...args],
      { env: { ...process.env, ...env } },
      (error, stdout, stderr) => (error ? reject(new Error(stderr)) : resolve(stdout.trim())),
    );
    child.stdin?.end(input);
  });
}

const never = () => expect.unreachable('it was waited for');
const ringOf = async (env: NodeJS.ProcessEnv, onFailure: (error: Error) => void = never) =>
  (await unwrapSettings(env, { onFailure }))['PATCHBAY_ENCRYPTION_KEYS'];

describe.each(['aws', 'gcp', 'vault'] as const)('a ring that %s wraps', (kind) => {
  it('is unwrapped in its order, with one request a key', async () => {
    const settings = settingsOf(kind);
    const keys = [randomBytes(32), randomBytes(32)].map((key) => key.toString('base64')).join(',');
    const wrapped = await made(settings, ['--wrap'], keys);
    expect(wrapped.split(',')).toHaveLength(2);
    for (const key of keys.split(',')) expect(wrapped).not.toContain(key);
    kms.state.asked = 0;
    expect(await ringOf({ ...settings, PATCHBAY_ENCRYPTION_KEYS: wrapped })).toBe(keys);
    expect(kms.state.asked).toBe(2);
    const fresh = await made(settings);
    const [newest, ...older] = (await ringOf({
      ...settings,
      PATCHBAY_ENCRYPTION_KEYS: `${fresh},${wrapped}`,
    }))!.split(',');
    expect(Buffer.from(newest!, 'base64')).toHaveLength(32);
    expect(older.join(',')).toBe(keys);
  });

  it('is waited for while the service is away', async () => {
    const settings = settingsOf(kind);
    const wrapped = await made(settings);
    kms.state.isDown = true;
    const onFailure = vi.fn<() => void>(() => {
      kms.state.isDown = false;
    });
    expect(await ringOf({ ...settings, PATCHBAY_ENCRYPTION_KEYS: wrapped }, onFailure)).toBeDefined();
    expect(onFailure).toHaveBeenCalledOnce();
  });

  it('is refused for good when the service did not wrap it, or not by that key', async () => {
    const settings = settingsOf(kind);
    const PATCHBAY_ENCRYPTION_KEYS = await made(settings);
    const other = `${KEYS[kind]}-other`;
    await expect(ringOf({ ...settings, PATCHBAY_KMS_KEY: other, PATCHBAY_ENCRYPTION_KEYS })).rejects.toThrow(
      /^Setting PATCHBAY_ENCRYPTION_KEYS: cannot be unwrapped by .*-other: .* refuses/,
    );
    const plain = randomBytes(32).toString('base64');
    await expect(ringOf({ ...settings, PATCHBAY_ENCRYPTION_KEYS: plain })).rejects.toThrow('refuses');
  });
});

describe.each(['gcp', 'vault'] as const)('what %s answers', (kind) => {
  it.each([
    ['that is no JSON', 'hunter2 is the key'],
    ['that has no end', `{"plaintext":"hunter2${'x'.repeat(70_000)}"}`],
  ])('%s is waited out, and not told', async (_, instead) => {
    const settings = settingsOf(kind);
    const wrapped = await made(settings);
    kms.state.instead = instead;
    const told: unknown[] = [];
    await ringOf({ ...settings, PATCHBAY_ENCRYPTION_KEYS: wrapped }, (error) => {
      told.push(error);
      kms.state.instead = undefined;
    });
    expect(told).toHaveLength(1);
    expect(inspect(told)).not.toContain('hunter2');
  });
});

describe('the settings of a key management service', () => {
  it('are none of a ring that stands there as it is', async () => {
    const env = { PATCHBAY_ENCRYPTION_KEYS: 'anything' };
    expect(await unwrapSettings(env, { onFailure: never })).toBe(env);
  });

  it('may name a file with the token, which is read when it is needed', async () => {
    const settings = settingsOf('vault');
    const PATCHBAY_ENCRYPTION_KEYS = await made(settings);
    const file = join(folder, 'token');
    await writeFile(file, 'old\n');
    const { PATCHBAY_KMS_TOKEN: _, ...rest } = { PATCHBAY_KMS_TOKEN: '', ...settings };
    const env = { ...rest, PATCHBAY_KMS_TOKEN_FILE: file, PATCHBAY_ENCRYPTION_KEYS };
    await expect(ringOf(env)).rejects.toThrow('Vault refuses with 403');
    await writeFile(file, `${VAULT_TOKEN}\n`);
    expect(await ringOf(env)).toBeDefined();
  });

  it.each([
    [{ PATCHBAY_KMS: 'azure' }, 'Setting PATCHBAY_KMS:'],
    [{ PATCHBAY_KMS: 'aws' }, 'Setting PATCHBAY_KMS_KEY: is missing'],
    [{ PATCHBAY_KMS: 'vault', PATCHBAY_KMS_KEY: 'transit/p' }, 'Setting PATCHBAY_KMS_URL: is missing'],
    [{ PATCHBAY_KMS: 'aws', PATCHBAY_ENCRYPTION_KEYS: '' }, 'Setting PATCHBAY_ENCRYPTION_KEYS: is missing'],
  ])('are told by their names when they are wrong: %j', async (env, message) => {
    await expect(ringOf({ PATCHBAY_ENCRYPTION_KEYS: 'x', ...env })).rejects.toThrow(message);
  });
});
