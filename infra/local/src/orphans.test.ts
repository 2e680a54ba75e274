import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { removeOrphans } from '../orphans.mjs';

const root = mkdtempSync(join(tmpdir(), 'patchbay-orphans-'));
afterAll(() => rmSync(root, { recursive: true }));

it('removes what was built of a source that is gone, and nothing else', () => {
  const kept = [
    'apps/one/src/here.ts',
    'apps/one/src/page.tsx',
    'apps/one/dist/here.js',
    'apps/one/dist/here.d.ts.map',
    'apps/one/dist/page.js',
    'apps/one/dist/search/made.data',
    'infra/local/src/start.ts',
    'infra/local/dist/start.js',
    'libs/without-dist/src/a.ts',
  ];
  const gone = [
    'apps/one/dist/moved/here.js',
    'apps/one/dist/moved/here.d.ts',
    'infra/local/dist/old.js.map',
  ];
  for (const file of [...kept, ...gone].map((name) => join(root, name))) {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, '');
  }
  removeOrphans(root);
  expect(kept.filter((file) => !existsSync(join(root, file)))).toEqual([]);
  expect(gone.filter((file) => existsSync(join(root, file)))).toEqual([]);
});
