import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync } from 'node:fs';
import { LogFile } from './log-file.js';
import { endWithUs } from './lifeline.js';

/** Something that runs and that a test or the platform can stop and start again. */
export interface Controllable {
  /** The process id; 0 while stopped. */
  readonly pid: number;
  stop(signal?: NodeJS.Signals): Promise<void>;
  start(): Promise<void>;
}

export interface ProcessSpec {
  name: string;
  command: string;
  args: string[];
  cwd: string;
  env: NodeJS.ProcessEnv;
  uid?: number;
  gid?: number;
  logFile: string;
  stopSignal: NodeJS.Signals;
  /** How the process learns that we died without stopping it: a closed IPC channel, or a watcher that signals it. */
  lifeline: 'ipc' | 'watcher';
  /** How long an orderly stop may take before it is a kill. */
  stopLimitMs?: number;
  /** Exit codes that mean "somebody asked it to stop", beside the signals themselves. */
  deliberateExits: number[];
  beforeStart?(): Promise<void>;
  /** Waits until the process serves: false when it takes too long, or when the signal says that it has ended. */
  ready?(gone: AbortSignal): Promise<boolean>;
}

export interface Exit {
  /** What happened, in words: `exit code 1`, `SIGKILL`. */
  reason: string;
  deliberate: boolean;
}

const STOP_LIMIT_MS = 10_000;

/** One child process in a group of its own, so that a Ctrl-C in the terminal reaches only us, who stop it in order. */
export class ManagedProcess implements Controllable {
  /** Told when the process ends by itself; never for a stop of ours, nor before it was ready. */
  onUnexpectedExit?: (exit: Exit) => void;
  /** False once stopped on purpose: a pending restart then stays away. */
  wanted = false;
  lastExit?: Exit;
  readonly log: LogFile;
  #child?: ChildProcess;
  #exited: Promise<void> = Promise.resolve();
  #starting?: Promise<void>;

  constructor(readonly spec: ProcessSpec) {
    this.log = new LogFile(spec.logFile);
  }

  get name(): string {
    return this.spec.name;
  }

  get pid(): number {
    return this.#child?.pid ?? 0;
  }

  /** Starts the process and waits until it is ready; a second call joins the first. */
  start(): Promise<void> {
    this.wanted = true;
    this.#starting ??= this.#start().finally(() => (this.#starting = undefined));
    return this.#starting;
  }

  async stop(signal: NodeJS.Signals = this.spec.stopSignal): Promise<void> {
    this.wanted = false;
    await this.#end(signal);
    // A start that had not come as far as a process sees that it is no longer wanted.
    await this.#starting?.catch(() => undefined);
  }

  /** Ends the process and what it started, at once. */
  kill(): void {
    this.wanted = false;
    const pid = this.pid;
    if (!pid) return;
    try {
      process.kill(-pid, 'SIGKILL');
    } catch {
      // It ended in between.
    }
  }

  async #end(signal: NodeJS.Signals): Promise<void> {
    const child = this.#child;
    if (!child) return;
    child.kill(signal);
    const limit = setTimeout(() => this.kill(), this.spec.stopLimitMs ?? STOP_LIMIT_MS);
    await this.#exited;
    clearTimeout(limit);
  }

  async #start(): Promise<void> {
    if (this.#child) return;
    await this.spec.beforeStart?.();
    if (!this.wanted) throw new Error(`${this.name} was stopped while it started`);
    const gone = new AbortController();
    const child = await this.#spawn();
    this.#child = child;
    this.lastExit = undefined;
    let served = false;
    const release = this.spec.lifeline === 'watcher' ? endWithUs(child, this.spec.stopSignal) : () => {};
    this.#exited = new Promise((resolve) => {
      child.once('exit', (code, signal) => {
        release();
        this.#child = undefined;
        this.lastExit = this.#describe(code, signal);
        gone.abort();
        resolve();
        if (served && this.wanted) this.onUnexpectedExit?.(this.lastExit);
      });
    });
    const ready = (await this.spec.ready?.(gone.signal)) ?? true;
    if (gone.signal.aborted) throw new Error(`${this.name} ended (${this.#reason()}) before it was ready`);
    if (!ready) {
      await this.#end(this.spec.stopSignal);
      throw new Error(`${this.name} runs but did not become ready in time`);
    }
    served = true;
  }

  async #spawn(): Promise<ChildProcess> {
    const { command, args, cwd, env, uid, gid, lifeline } = this.spec;
    const log = this.log.open();
    try {
      // Straight into the file: a pipe would break under the child the moment we are killed.
      const child = spawn(command, args, {
        cwd,
        env,
        ...(uid === undefined ? {} : { uid, gid }),
        detached: true,
        stdio: lifeline === 'ipc' ? ['ignore', log, log, 'ipc'] : ['ignore', log, log],
      });
      await new Promise<void>((resolve, reject) => {
        child.once('spawn', resolve);
        child.once('error', reject);
      });
      return child;
    } finally {
      closeSync(log);
    }
  }

  #reason(): string {
    return this.lastExit?.reason ?? 'unknown';
  }

  #describe(code: number | null, signal: NodeJS.Signals | null): Exit {
    const asked = signal === 'SIGTERM' || signal === 'SIGINT';
    return {
      reason: signal ?? `exit code ${code}`,
      deliberate: asked || (code !== null && this.spec.deliberateExits.includes(code)),
    };
  }
}
