import { spawn, type ChildProcessByStdio } from 'node:child_process';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable, Writable } from 'node:stream';
import { environment } from './environment.js';
import { ROOT } from './built-controllers.mjs';

/** What `npx patchbay` starts. */
export const PATCHBAY = join(ROOT, 'libs/cli/bin/patchbay.mjs');

export interface Ran {
  code: number | null;
  stdout: string;
  stderr: string;
}

export interface CliOptions {
  env?: Record<string, string | undefined>;
  input?: string;
  cwd?: string;
}

/** One machine's command line: its settings are its own, and of our environment it has nothing but the path. */
export class CommandLine {
  private constructor(
    private readonly folder: string,
    private readonly env: Record<string, string | undefined>,
  ) {}

  static async create(env: Record<string, string | undefined> = {}): Promise<CommandLine> {
    const folder = await mkdtemp(join(tmpdir(), 'patchbay-cli-'));
    return new CommandLine(folder, env);
  }

  get configFile(): string {
    return join(this.folder, 'patchbay', 'config.json');
  }

  start(
    args: string[],
    { env = {}, cwd = this.folder }: CliOptions = {},
  ): ChildProcessByStdio<Writable, Readable, Readable> {
    return spawn(process.execPath, [PATCHBAY, ...args], {
      cwd,
      env: {
        PATH: process.env['PATH'],
        XDG_CONFIG_HOME: this.folder,
        PATCHBAY_URL: environment.baseUrl,
        ...this.env,
        ...env,
      },
      stdio: ['pipe', 'pipe', 'pipe'],
      timeout: 55_000,
    });
  }

  /** Runs a command to its end. */
  async run(args: string[], options: CliOptions = {}): Promise<Ran> {
    const child = this.start(args, options);
    const ended = endOf(child);
    child.stdin.end(options.input ?? '');
    return ended;
  }

  /** Runs a command that succeeds, and gives what it wrote as JSON. */
  async json<T>(args: string[], options: CliOptions = {}): Promise<T> {
    const { code, stdout, stderr } = await this.run([...args, '--json'], options);
    if (code !== 0)
      throw new Error(`patchbay ${args.join(' ')} ended with ${String(code)}: ${stdout}${stderr}`);
    return JSON.parse(stdout) as T;
  }
}

export async function endOf(child: ChildProcessByStdio<Writable, Readable, Readable>): Promise<Ran> {
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
  return { code, stdout, stderr };
}

/** The first line that fits, as soon as it is there. */
export function lineOf(stream: Readable, pattern: RegExp): Promise<RegExpExecArray> {
  let text = '';
  return new Promise((resolve, reject) => {
    stream.on('data', (chunk: Buffer) => {
      text += chunk.toString();
      const match = pattern.exec(text);
      if (match) resolve(match);
    });
    stream.once('close', () => reject(new Error(`Ended without ${String(pattern)}: ${text}`)));
  });
}
