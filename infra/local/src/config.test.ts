import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { Refusal } from '../preflight.mjs';
import { loadSettings, localUrl, publicUrl, root } from './config.js';

const folder = mkdtempSync(join(tmpdir(), 'patchbay-config-test-'));
afterAll(() => rmSync(folder, { recursive: true }));

function refusal(env: NodeJS.ProcessEnv): Refusal {
  try {
    loadSettings(env);
  } catch (error) {
    if (error instanceof Refusal) return error;
    throw error;
  }
  throw new Error('nothing was refused');
}

describe('the settings', () => {
  it('need nothing', () => {
    const settings = loadSettings({});
    expect(settings).toMatchObject({ PORT: 3000, HOST: '127.0.0.1', PATCHBAY_HOME: join(root, '.patchbay') });
    expect(publicUrl(settings)).toBe('http://localhost:3000');
  });

  it('take an empty variable for one that is not set', () => {
    expect(loadSettings({ PORT: '', DATABASE_URL: '' })).toMatchObject({ PORT: 3000 });
  });

  it.each<[string, string, RegExp]>([
    ['PORT', 'http', /whole number from 1 to 65535, not "http"/],
    ['PORT', '70000', /whole number/],
    ['PORT', '0', /whole number/],
    ['HOST', 'http://x', /address or a name/],
    ['PUBLIC_URL', 'patchbay.example.com', /http:\/\/ or https:\/\//],
    ['PATCHBAY_HOME', join(root, 'package.json'), /folder, not a file/],
    ['DATABASE_URL', 'mysql://x', /postgres:\/\//],
    ['NATS_URL', 'localhost', /nats:\/\//],
    ['PATCHBAY_API_KEY', 'short', /8 to 256/],
    ['PATCHBAY_ORG_API_KEY', 'with a space', /8 to 256/],
    ['PATCHBAY_USER_API_KEY', 'ak_0123456789abc', /must be uak_/],
    ['PATCHBAY_ENCRYPTION_KEYS', 'c2hvcnQ=', /32 bytes/],
    ['PATCHBAY_KMS', 'azure', /aws, gcp or vault/],
    ['PATCHBAY_TOOLKIT_OVERRIDES', join(folder, 'missing.yaml'), /file that exists/],
    ['PATCHBAY_ALLOWED_PRIVATE_HOSTS', 'http://localhost', /host or host:port/],
    ['PATCHBAY_ALLOWED_PRIVATE_HOSTS', 'localhost:80=', /toolkit\|toolkit/],
    ['LOG_LEVEL', 'loud', /fatal, error/],
  ])('refuse %s=%s with its name, what is wrong and an example', (name, value, reason) => {
    const { message, suggestion } = refusal({ [name]: value });
    expect(message).toMatch(new RegExp(`^${name} must`));
    expect(message).toMatch(reason);
    expect(suggestion).toContain(`${name}=`);
  });

  it('name every wrong variable at once', () => {
    const { message } = refusal({ PORT: 'x', LOG_LEVEL: 'y' });
    expect(message.split('\n')).toHaveLength(2);
  });

  it('never repeat a value that may be a secret', () => {
    expect(refusal({ PATCHBAY_API_KEY: 'hunter2', DATABASE_URL: 'hunter2' }).message).not.toContain(
      'hunter2',
    );
  });

  it('want a key ring of the operator in production', () => {
    expect(refusal({ NODE_ENV: 'production' }).message).toContain('PATCHBAY_ENCRYPTION_KEYS');
    const keys = Buffer.alloc(32).toString('base64');
    expect(loadSettings({ NODE_ENV: 'production', PATCHBAY_ENCRYPTION_KEYS: `${keys},${keys}` }).PORT).toBe(
      3000,
    );
  });

  it('want the keys that a key management service has wrapped, in whatever form it has', () => {
    expect(refusal({ PATCHBAY_KMS: 'vault' }).message).toMatch(
      /^PATCHBAY_ENCRYPTION_KEYS is missing; .*new-key\.js/,
    );
    const wrapped = { PATCHBAY_KMS: 'vault', PATCHBAY_ENCRYPTION_KEYS: 'vault:v1:c2hvcnQ=' };
    expect(loadSettings(wrapped).PATCHBAY_ENCRYPTION_KEYS).toBe('vault:v1:c2hvcnQ=');
  });

  it('reach a wildcard address over loopback, and link to the address itself otherwise', () => {
    expect(localUrl(loadSettings({ HOST: '0.0.0.0' }))).toBe('http://127.0.0.1:3000');
    expect(publicUrl(loadSettings({ HOST: '10.1.2.3' }))).toBe('http://10.1.2.3:3000');
    expect(publicUrl(loadSettings({ PUBLIC_URL: 'https://p.example.com/' }))).toBe('https://p.example.com');
  });
});
