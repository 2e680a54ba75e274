import { describe, expect, it } from 'vitest';
import type { LastingCredential } from '../access/index.js';
import { RealtimeKeys } from './realtime-keys.service.js';

const keys = new RealtimeKeys({ PATCHBAY_FILES_SECRET: 'a secret of this test' });
const credential: LastingCredential = {
  kind: 'project_key',
  sha256: 'ab'.repeat(32),
  keyId: 'key_1',
  projectId: 'proj_1',
};

describe('an application key', () => {
  it('is the same on all replicas, says nothing to others, and is read back', () => {
    const key = keys.keyFor(credential);
    const replica = new RealtimeKeys({ PATCHBAY_FILES_SECRET: 'a secret of this test' });
    expect(replica.keyFor(credential)).toBe(key);
    expect(replica.credentialOf(key)).toEqual(credential);
    expect(Buffer.from(key, 'base64url').toString('latin1')).not.toContain('proj_1');
    expect(keys.keyFor({ ...credential, keyId: 'key_2' }).slice(0, 16)).not.toBe(key.slice(0, 16));
  });

  it('is none when it was changed, or made elsewhere', () => {
    const key = keys.keyFor(credential);
    const bytes = Buffer.from(key, 'base64url');
    for (const at of [0, 12, 28, bytes.length - 1]) {
      const changed = Buffer.from(bytes);
      changed[at] = (changed[at] ?? 0) ^ 1;
      expect(keys.credentialOf(changed.toString('base64url'))).toBeUndefined();
    }
    const other = new RealtimeKeys({ PATCHBAY_FILES_SECRET: 'another secret of the test' });
    expect(other.credentialOf(key)).toBeUndefined();
    for (const nonsense of ['', 'app_key', bytes.subarray(0, 20).toString('base64url')])
      expect(keys.credentialOf(nonsense)).toBeUndefined();
  });
});

describe('a signature', () => {
  const key = keys.keyFor(credential);
  const auth = keys.authorize(key, '1.2', 'private-proj_1_triggers');

  it('has the form of the protocol', () => {
    expect(auth).toMatch(new RegExp(`^${key}:[0-9a-f]{64}$`));
  });

  it('is for one key, one connection and one channel', () => {
    const other = keys.keyFor({ ...credential, keyId: 'key_2' });
    expect(keys.isAuthorized(auth, key, '1.2', 'private-proj_1_triggers')).toBe(true);
    expect(keys.isAuthorized(auth, other, '1.2', 'private-proj_1_triggers')).toBe(false);
    expect(keys.isAuthorized(auth, key, '1.3', 'private-proj_1_triggers')).toBe(false);
    expect(keys.isAuthorized(auth, key, '1.2', 'private-cli-proj_1')).toBe(false);
    expect(keys.isAuthorized('', key, '1.2', 'private-proj_1_triggers')).toBe(false);
  });
});
