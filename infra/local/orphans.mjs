// Removes what was built of sources that are gone: turbo restores a build over what is there and clears nothing away.
import { existsSync, readdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const repository = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

/** @param {string} root of the repository */
export function removeOrphans(root = repository) {
  const groups = ['apps', 'libs'].flatMap((group) => {
    const folder = join(root, group);
    return readdirSync(folder).map((name) => join(folder, name));
  });
  for (const workspace of [...groups, join(root, 'infra/local')]) {
    const dist = join(workspace, 'dist');
    // Vite names what it makes by what is in it.
    if (!existsSync(dist) || existsSync(join(workspace, 'vite.config.ts'))) continue;
    for (const file of readdirSync(dist, { recursive: true, encoding: 'utf8' })) {
      const source = /^(.*?)(\.d\.ts|\.js)(\.map)?$/.exec(file)?.[1];
      if (source === undefined) continue;
      const isThere = ['.ts', '.tsx'].some((end) => existsSync(join(workspace, 'src', source + end)));
      if (!isThere) rmSync(join(dist, file));
    }
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) removeOrphans();
