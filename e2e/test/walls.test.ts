import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('../../', import.meta.url));
const program = join(root, 'node_modules/.bin/depcruise');

/** What a service of two folders could be; `auth` is walled. */
const clean = {
  'apps/auth/src/app.module.ts': "export { links } from './links/index.js';",
  'apps/auth/src/links/index.ts': "export { links } from './links.js';",
  'apps/auth/src/links/links.ts': "import { vault } from '../vault/index.js';\nexport const links = [vault];",
  'apps/auth/src/vault/index.ts': "export { vault } from './vault.js';",
  'apps/auth/src/vault/vault.ts': 'export const vault = 1;\nexport type Key = string;',
};

describe('the walls between the folders of a service', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'patchbay-walls-'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  async function lint(files: Record<string, string>): Promise<{ failed: boolean; output: string }> {
    for (const [name, text] of Object.entries(files)) {
      await mkdir(dirname(join(folder, name)), { recursive: true });
      await writeFile(join(folder, name), text);
    }
    const config = join(root, '.dependency-cruiser.cjs');
    return new Promise((resolve) => {
      execFile(program, ['--config', config, 'apps'], { cwd: folder }, (error, stdout) =>
        resolve({ failed: error !== null, output: stdout }),
      );
    });
  }

  it('stand when folders know each other by their public faces, one way', async () => {
    expect(await lint(clean)).toEqual({
      failed: false,
      output: expect.stringContaining('5 modules'),
    });
  });

  it.each([
    [
      'a circle of folders, of types alone',
      'no-circle-of-folders',
      {
        'apps/auth/src/links/index.ts': "export { links } from './links.js';\nexport type Link = string;",
        'apps/auth/src/vault/other.ts':
          "import type { Link } from '../links/index.js';\nexport type Sealed = Link;",
      },
    ],
    [
      'an import past a public face',
      'through-the-public-face',
      {
        'apps/auth/src/links/other.ts': "import type { Key } from '../vault/vault.js';\nexport type K = Key;",
      },
    ],
    [
      'an assembly past a public face',
      'assembled-by-public-faces',
      { 'apps/auth/src/database.ts': "export { vault } from './vault/vault.js';" },
    ],
  ])('fall to %s', async (_, rule, files) => {
    expect(await lint({ ...clean, ...files })).toEqual({
      failed: true,
      output: expect.stringContaining(rule),
    });
  });
});
