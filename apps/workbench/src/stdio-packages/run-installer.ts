import { spawn } from 'node:child_process';
import { lstat, readdir } from 'node:fs/promises';
import { join } from 'node:path';

const LOOK_MS = 1_000;
const WORDS = 2_000;
/** Beside the package itself an installer has its cache. */
const CACHE_SHARE = 3;

export interface Installer {
  command: string;
  arguments: string[];
  environment: Record<string, string>;
}

export interface InstallLimits {
  seconds: number;
  bytes: number;
  signal: AbortSignal;
}

/**
 * Runs an installer in a folder of its own. It is ended, with whatever it started, when it takes too long, or too much.
 * @throws Error with what it said last
 */
export async function runInstaller(
  { command, arguments: given, environment }: Installer,
  folder: string,
  { seconds, bytes, signal }: InstallLimits,
): Promise<void> {
  const child = spawn(command, given, {
    cwd: folder,
    env: environment,
    stdio: ['ignore', 'pipe', 'pipe'],
    // A group of its own, to be ended as one.
    detached: true,
  });
  let words = '';
  let reason: string | undefined;
  const stop = (why: string) => {
    reason ??= why;
    try {
      if (child.pid) process.kill(-child.pid, 'SIGKILL');
    } catch {
      // It ended meanwhile.
    }
  };
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (data: Buffer) => {
      words = (words + data.toString()).slice(-WORDS);
    });
  }
  const onAbort = () => stop('the service stops');
  signal.addEventListener('abort', onAbort, { once: true });
  const timer = setTimeout(() => stop(`it took longer than ${seconds} seconds`), seconds * 1000);
  const look = setInterval(() => {
    void bytesOf(folder).then((held) => {
      if (held > bytes * CACHE_SHARE) stop(`it takes more than ${Math.round(bytes / 1024 ** 2)} MB`);
    });
  }, LOOK_MS);
  try {
    const code = await new Promise<number | null>((resolve) => {
      child.once('error', (error) => {
        reason ??= error.message;
        resolve(null);
      });
      child.once('close', (ended) => resolve(ended));
    });
    if (reason !== undefined) throw new Error(reason);
    if (code !== 0) throw new Error(words.trim() || `${command} ended with code ${code}`);
  } finally {
    clearTimeout(timer);
    clearInterval(look);
    signal.removeEventListener('abort', onAbort);
  }
}

/** What is written there at the moment; what goes while it is looked at is not counted. */
async function bytesOf(folder: string): Promise<number> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  let sum = 0;
  for (const entry of entries) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) sum += await bytesOf(path);
    else if (entry.isFile()) sum += (await lstat(path).catch(() => undefined))?.size ?? 0;
  }
  return sum;
}
