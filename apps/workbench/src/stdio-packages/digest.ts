import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { lstat, readdir, readlink } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';

export interface FolderDigest {
  /** SHA-256 over every name, kind and content, in hex. */
  digest: string;
  bytes: number;
}

/** What a folder holds, as one digest: the same wherever, whenever and by whom it was written. */
export async function digestOf(folder: string): Promise<FolderDigest> {
  const hash = createHash('sha256');
  let bytes = 0;
  const visit = async (path: string): Promise<void> => {
    const names = await readdir(join(folder, path));
    // By code units, as the order of a locale is another elsewhere.
    for (const name of names.toSorted((a, b) => (a < b ? -1 : 1))) {
      const below = path ? `${path}/${name}` : name;
      const entry = await lstat(join(folder, below));
      if (entry.isDirectory()) {
        hash.update(line('folder', below));
        await visit(below);
      } else if (entry.isSymbolicLink()) {
        hash.update(line('link', below, await readlink(join(folder, below))));
      } else if (entry.isFile()) {
        bytes += entry.size;
        const kind = entry.mode & 0o100 ? 'program' : 'file';
        hash.update(line(kind, below, await contentOf(join(folder, below))));
      } else {
        throw new Error(`${below} is no file`);
      }
    }
  };
  await visit('');
  return { digest: hash.digest('hex'), bytes };
}

async function contentOf(file: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(file), hash);
  return hash.digest('hex');
}

function line(...parts: string[]): string {
  return `${JSON.stringify(parts)}\n`;
}
