import { execFile } from 'node:child_process';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { prepareData } from '@patchbay/local';

/** Where a run's template is: also the scripts that tests start find it. */
const TEMPLATE = 'PATCHBAY_TEST_TEMPLATE';

/** Makes the database that the platforms of this run start with, once for all of them: it takes four seconds of a core. */
export async function prepareTestHomes(): Promise<{ remove(): Promise<void> }> {
  const folder = await createTestHome();
  await prepareData(folder);
  process.env[TEMPLATE] = folder;
  return {
    remove: async () => {
      delete process.env[TEMPLATE];
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** A folder for a platform, with a copy of the prepared database if there is one. The caller removes it. */
export async function createTestHome(): Promise<string> {
  const home = await mkdtemp(join(tmpdir(), 'patchbay-test-'));
  // The embedded Postgres runs as a user of its own, who must be able to reach its folder in here.
  await chmod(home, 0o755);
  const template = process.env[TEMPLATE];
  if (template) await promisify(execFile)('cp', ['-a', `${template}/.`, home]);
  return home;
}
