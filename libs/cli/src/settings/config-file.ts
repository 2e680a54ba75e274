import { chmod, mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { z } from 'zod';
import { CliError } from '../errors.js';

/** Whose key it is decides in which header it is sent. */
export const KeyKind = z.enum(['person', 'project', 'organisation']);
export type KeyKind = z.infer<typeof KeyKind>;

/** A sign-in at one Patchbay. */
const Profile = z.object({
  baseUrl: z.url({ protocol: /^https?$/ }),
  kind: KeyKind,
  key: z.string().min(1),
  /** Made for this command line by its sign-in, which its sign-out ends. */
  isMadeHere: z.boolean().optional(),
  /** Whose it is, to be shown. */
  email: z.string().optional(),
  /** Where a person works, once they chose. */
  project: z.object({ organisationId: z.string(), id: z.string(), name: z.string() }).optional(),
});
export type Profile = z.infer<typeof Profile>;

const Config = z.object({ current: z.string(), profiles: z.record(z.string(), Profile) });
export type Config = z.infer<typeof Config>;

export const DEFAULT_PROFILE = 'default';
const READABLE_BY_OTHERS = 0o077;

/** Where sign-ins are kept: PATCHBAY_CONFIG, else where the XDG Base Directory Specification has it. */
export function configPath(env: NodeJS.ProcessEnv): string {
  if (env['PATCHBAY_CONFIG']) return resolve(env['PATCHBAY_CONFIG']);
  return join(env['XDG_CONFIG_HOME'] || join(homedir(), '.config'), 'patchbay', 'config.json');
}

/** The sign-ins of this machine's user. They hold keys: the file is nobody else's to read. */
export class ConfigFile {
  constructor(readonly path: string) {}

  /** @throws CliError when the file is there and cannot be read */
  async read(): Promise<Config> {
    let text: string;
    try {
      text = await readFile(this.path, 'utf8');
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT')
        return { current: DEFAULT_PROFILE, profiles: {} };
      throw unreadable(this.path, error);
    }
    try {
      return Config.parse(JSON.parse(text));
    } catch {
      // Without the cause: it may repeat what stands in the file.
      throw unreadable(this.path);
    }
  }

  async change(change: (config: Config) => void): Promise<Config> {
    const config = await this.read();
    change(config);
    await mkdir(dirname(this.path), { recursive: true, mode: 0o700 });
    // By rename: a half written file would lose every sign-in.
    const fresh = `${this.path}.${process.pid}.new`;
    try {
      await writeFile(fresh, `${JSON.stringify(config, undefined, 2)}\n`, { mode: 0o600, flag: 'wx' });
      await chmod(fresh, 0o600);
      await rename(fresh, this.path);
    } finally {
      await rm(fresh, { force: true });
    }
    return config;
  }

  /** Whether others than its owner may read it. */
  async isExposed(): Promise<boolean> {
    const { mode } = await stat(this.path).catch(() => ({ mode: 0 }));
    return (mode & READABLE_BY_OTHERS) !== 0;
  }
}

function unreadable(path: string, cause?: unknown): CliError {
  return new CliError(
    `${path} cannot be read as the settings of patchbay.`,
    'Mend it, or remove it and sign in again with `patchbay login`.',
    undefined,
    { cause },
  );
}
