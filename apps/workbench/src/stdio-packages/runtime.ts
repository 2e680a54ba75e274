import { existsSync, statSync } from 'node:fs';
import { chmod, copyFile, mkdir, realpath, rename } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/**
 * The first folder above a path that a user who owns nothing may not go through: a sandbox, which is started as one
 * where this service is root, could be given nothing below it.
 */
export function closedFolder(path: string): string | undefined {
  if (process.getuid?.() !== 0) return undefined;
  for (let folder = dirname(path); ; folder = dirname(folder)) {
    if (existsSync(folder) && (statSync(folder).mode & 0o001) === 0) return folder;
    if (folder === dirname(folder)) return undefined;
  }
}

/** Node.js for programs in sandboxes: the one that runs this service, copied where they could not reach it. */
export async function nodeFor(root: string): Promise<string> {
  const own = await realpath(process.execPath);
  if (closedFolder(own) === undefined) return own;
  const copy = join(root, 'runtime', `node-${process.version}`);
  if (existsSync(copy)) return copy;
  await mkdir(dirname(copy), { recursive: true, mode: 0o755 });
  await copyFile(own, `${copy}.${process.pid}`);
  await chmod(`${copy}.${process.pid}`, 0o755);
  await rename(`${copy}.${process.pid}`, copy);
  return copy;
}
