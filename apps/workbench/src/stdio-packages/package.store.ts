import { hash, randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { chmod, lstat, mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { z } from 'zod';
import { packageName, type AllowedPackage } from './stdio.settings.js';
import type { Commands } from './commands.js';
import { digestOf } from './digest.js';

const Manifest = z.object({
  name: z.string(),
  digest: z.hash('sha256'),
  bytes: z.int(),
  commands: z.record(z.string(), z.string()),
});
type Manifest = z.infer<typeof Manifest>;

export interface InstalledPackage {
  /** Where its files are. */
  folder: string;
  digest: string;
  commands: Commands;
}

/**
 * Packages on disk, each folder called by the digest of what is in it: it is complete or not there, and never changed.
 * Replicas may share it, and a container that only runs packages may have it read-only.
 */
export class PackageStore {
  readonly root: string;

  constructor(root: string) {
    this.root = resolve(root);
  }

  /**
   * The package, if it is there and still what was installed.
   * @throws Error when it has become another, or is not the one that the operator wants
   */
  async find(wanted: AllowedPackage): Promise<InstalledPackage | undefined> {
    const text = await readFile(this.manifestOf(wanted), 'utf8').catch(() => undefined);
    if (text === undefined) return undefined;
    const { digest, commands } = Manifest.parse(JSON.parse(text));
    const folder = this.folderOf(digest);
    if (!existsSync(folder)) return undefined;
    const found = await digestOf(folder);
    if (found.digest !== digest) {
      throw new Error(`its files in ${folder} are not those that were installed: delete that folder`);
    }
    requireDigest(wanted, digest);
    return { folder, digest, commands };
  }

  /** A folder to install into, and one for what the installer needs meanwhile. */
  async begin(): Promise<{ work: string; folder: string; scratch: string }> {
    const work = join(this.root, 'work', randomUUID());
    const [folder, scratch] = [join(work, 'files'), join(work, 'scratch')];
    await mkdir(folder, { recursive: true, mode: 0o755 });
    await mkdir(scratch, { recursive: true, mode: 0o700 });
    return { work, folder, scratch };
  }

  /** @throws Error when it is larger than it may be, or not the one that the operator wants */
  async keep(
    wanted: AllowedPackage,
    { folder, commands, maxBytes }: { folder: string; commands: Commands; maxBytes: number },
  ): Promise<InstalledPackage> {
    await makeReadable(folder);
    const { digest, bytes } = await digestOf(folder);
    const megabytes = Math.round(maxBytes / 1024 ** 2);
    if (bytes > maxBytes)
      throw new Error(`it has more than the ${megabytes} MB of PATCHBAY_STDIO_PACKAGE_MB`);
    requireDigest(wanted, digest);
    const kept = this.folderOf(digest);
    await mkdir(join(this.root, 'packages'), { recursive: true, mode: 0o755 });
    await rename(folder, kept).catch((error: unknown) => {
      // Another replica installed the same meanwhile.
      if (!existsSync(kept)) throw error;
    });
    const manifest: Manifest = { name: packageName(wanted), digest, bytes, commands };
    const file = this.manifestOf(wanted);
    await mkdir(join(this.root, 'installed'), { recursive: true, mode: 0o755 });
    await writeFile(`${file}.${process.pid}`, `${JSON.stringify(manifest, undefined, 2)}\n`);
    await rename(`${file}.${process.pid}`, file);
    return { folder: kept, digest, commands };
  }

  /** Removes what installations left behind that were killed. */
  async tidy(olderThanMs: number): Promise<void> {
    const works = join(this.root, 'work');
    for (const name of await readdir(works).catch(() => [])) {
      const path = join(works, name);
      const { mtimeMs } = await stat(path);
      if (mtimeMs < Date.now() - olderThanMs) await rm(path, { recursive: true, force: true });
    }
  }

  private folderOf(digest: string): string {
    return join(this.root, 'packages', digest);
  }

  private manifestOf(wanted: AllowedPackage): string {
    const { registryType } = wanted;
    return join(
      this.root,
      'installed',
      `${registryType}-${hash('sha256', packageName(wanted)).slice(0, 32)}.json`,
    );
  }
}

function requireDigest({ digest: wanted }: AllowedPackage, found: string): void {
  if (wanted === null || wanted === found) return;
  throw new Error(`it comes to the digest ${found}, and not to the one in PATCHBAY_STDIO_ALLOWED`);
}

/** For the user that a sandbox runs as, which owns nothing. */
async function makeReadable(path: string): Promise<void> {
  const entry = await lstat(path);
  if (entry.isSymbolicLink()) return;
  if (!entry.isDirectory()) return chmod(path, entry.mode & 0o100 ? 0o755 : 0o644);
  await chmod(path, 0o755);
  for (const name of await readdir(path)) await makeReadable(join(path, name));
}
