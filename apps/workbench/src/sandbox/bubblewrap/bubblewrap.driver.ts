import { spawn, type ChildProcess } from 'node:child_process';
import { randomInt, randomUUID } from 'node:crypto';
import { accessSync, constants, existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import type { Readable, Writable } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';
import type { ReadOnlyMount, Sandbox, SandboxDriver, SandboxLimits } from '../sandbox.js';
import { bubblewrapArguments, maskedPaths, PASSWD, PASSWD_FD, SECCOMP_FD } from './arguments.js';
import { ControlGroups } from './cgroup.js';
import { watchMemory } from './memory-watch.js';
import { descendants, kill, type Process } from './process-tree.js';
import { seccompFilter } from './seccomp.js';

/** Started as root, a sandbox runs as a user that owns nothing; each as another, out of a range that is not used otherwise. */
const USERS = { from: 1_900_000_000, to: 1_900_999_999 };
const START_LIMIT_MS = 10_000;
const STDERR_CHARACTERS = 2_000;

export interface BubblewrapOptions {
  python: string;
  cgroupRoot: string;
  path: string;
}

/** Sandboxes on this machine, as processes of this service: they end with it. */
export class BubblewrapDriver implements SandboxDriver {
  readonly name = 'bubblewrap';
  readonly canMount = true;
  private readonly filter = seccompFilter();
  private readonly masked = maskedPaths(existsSync);
  private groups: ControlGroups | undefined;

  constructor(private readonly options: BubblewrapOptions) {}

  async check(): Promise<string | null> {
    const { python, path } = this.options;
    if (!bubblewrapIn(path)) {
      return 'bubblewrap is not installed: `apt-get install bubblewrap` where the workbench runs.';
    }
    if (!isExecutable(python)) {
      return `${python} is not there: install python3, or name one below /usr with PATCHBAY_WORKBENCH_PYTHON.`;
    }
    this.groups ??= await ControlGroups.open(this.options.cgroupRoot);
    const limits = { cpus: 1, memoryBytes: 1024 ** 3, diskBytes: 1024 ** 2, processes: 16 };
    try {
      const sandbox = await this.start(limits, 'print("ready")\ninput()');
      await sandbox.stop();
      return null;
    } catch (error) {
      return `bubblewrap cannot make sandboxes here: ${(error as Error).message}`;
    }
  }

  async start(
    limits: SandboxLimits,
    program: string,
    mounts: readonly ReadOnlyMount[] = [],
  ): Promise<Sandbox> {
    const id = `${process.pid}-${randomUUID()}`;
    const { python, path } = this.options;
    const child = spawn(
      bubblewrapIn(path) ?? 'bwrap',
      bubblewrapArguments(limits, {
        python,
        program,
        seccomp: this.filter !== undefined,
        masked: this.masked,
        mounts,
      }),
      { cwd: '/', env: {}, stdio: ['pipe', 'pipe', 'pipe', 'pipe', 'pipe'], ...unprivileged() },
    );
    const errors = collect(child);
    feed(child, SECCOMP_FD, this.filter);
    feed(child, PASSWD_FD, Buffer.from(PASSWD));
    let own: readonly Process[] = [];
    const exited = endOf(child, errors);
    const ended = exited.then(async (reason) => {
      // The kernel ends the first process of the sandbox with bubblewrap, and all others with the first one; unless code
      // in it has found a way to switch that off.
      await kill(own);
      await this.groups?.remove(id);
      return reason;
    });
    try {
      await firstOutput(child, exited);
      const pid = child.pid ?? 0;
      // It greets and waits: it cannot have started more processes than these.
      own = await descendants(pid, []);
      const pids = own.map((process) => process.pid);
      if (this.groups) await this.groups.confine(id, limits, pids);
      else {
        void watchMemory(pid, limits.memoryBytes, ended, (held) => {
          const [most, now] = [limits.memoryBytes, held].map((bytes) => Math.round(bytes / 1024 ** 2));
          errors.text = `it held ${now} MB of memory, files included, and may hold ${most} MB`;
          child.kill('SIGKILL');
        });
      }
    } catch (error) {
      child.kill('SIGKILL');
      // One that is still being set up ends when it cannot greet.
      for (const stream of child.stdio) stream?.destroy();
      await ended;
      throw error;
    }
    return {
      id,
      input: child.stdin as Writable,
      output: child.stdout as Readable,
      unread: () => child.stdin?.writableLength ?? 0,
      ended,
      stop: async () => {
        child.kill('SIGKILL');
        await ended;
      },
    };
  }

  async tidy(): Promise<void> {
    this.groups ??= await ControlGroups.open(this.options.cgroupRoot);
    await this.groups?.tidy();
  }
}

function bubblewrapIn(path: string): string | undefined {
  return path
    .split(delimiter)
    .map((folder) => join(folder, 'bwrap'))
    .find(isExecutable);
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

function unprivileged(): { uid?: number; gid?: number } {
  if (process.getuid?.() !== 0) return {};
  const user = randomInt(USERS.from, USERS.to);
  return { uid: user, gid: user };
}

function feed(child: ChildProcess, fd: number, data: Buffer | undefined): void {
  const pipe = child.stdio[fd] as Writable;
  // A child that could not start is reported by its exit.
  pipe.on('error', () => undefined);
  pipe.end(data);
}

/** Errors of bubblewrap. */
function collect(child: ChildProcess): { text: string } {
  const errors = { text: '' };
  child.stderr?.on('data', (data: Buffer) => {
    errors.text += data.toString();
    // The agent itself writes nothing there: the rest is not needed.
    if (errors.text.length >= STDERR_CHARACTERS) child.stderr?.destroy();
  });
  return errors;
}

function endOf(child: ChildProcess, errors: { text: string }): Promise<string> {
  child.stdin?.on('error', () => undefined);
  return new Promise((resolve) => {
    child.once('error', (error) => resolve(error.message));
    child.once('exit', (code, signal) => {
      const words = errors.text.trim().slice(0, STDERR_CHARACTERS);
      resolve(words || (signal ? `it was ended by ${signal}` : `it ended with code ${code}`));
    });
  });
}

async function firstOutput(child: ChildProcess, ended: Promise<string>): Promise<void> {
  const limit = new AbortController();
  const output = child.stdout as Readable;
  const readable = new Promise<void>((resolve) => {
    output.once('readable', () => resolve());
  });
  try {
    await Promise.race([
      readable,
      ended.then((reason) => Promise.reject(new Error(reason))),
      delay(START_LIMIT_MS, undefined, { signal: limit.signal }).then(() =>
        Promise.reject(new Error(`it did not start within ${START_LIMIT_MS} ms`)),
      ),
    ]);
  } finally {
    limit.abort();
  }
}
