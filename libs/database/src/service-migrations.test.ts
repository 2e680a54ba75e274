import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { ownUrlOf, requireDatabaseUrl } from './service-migrations.js';

const folder = mkdtempSync(join(tmpdir(), 'patchbay-addresses-'));
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true, force: true });
});

describe('addresses of jobs', () => {
  it('may be files, so that no environment has the passwords in them', () => {
    for (const name of ['DATABASE_URL', 'DATABASE_URL_AUTH']) {
      writeFileSync(join(folder, name), `postgres://${name.toLowerCase()}:secret@localhost/patchbay\n`);
      vi.stubEnv(name, undefined);
      vi.stubEnv(`${name}_FILE`, join(folder, name));
    }
    vi.stubEnv('DATABASE_URL_LOGS', 'postgres://logs:secret@localhost/patchbay');
    expect(requireDatabaseUrl()).toBe('postgres://database_url:secret@localhost/patchbay');
    expect(ownUrlOf('auth')).toBe('postgres://database_url_auth:secret@localhost/patchbay');
    expect(ownUrlOf('logs')).toBe('postgres://logs:secret@localhost/patchbay');
    expect(ownUrlOf('tools')).toBeUndefined();
  });
});
