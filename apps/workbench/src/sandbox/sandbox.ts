import type { Readable, Writable } from 'node:stream';

/** What one sandbox may use. Above a limit its own work fails, and no other session's. */
export interface SandboxLimits {
  cpus: number;
  memoryBytes: number;
  /** For each of the folders that can be written to: home, mount and temporary files. */
  diskBytes: number;
  processes: number;
}

/** A file or folder of this machine that a sandbox sees and cannot change. */
export interface ReadOnlyMount {
  from: string;
  /** Where it is in the sandbox: below /opt. */
  to: string;
}

/** A running sandbox: the agent's input and output, and nothing else that leads in or out. */
export interface Sandbox {
  readonly id: string;
  readonly input: Writable;
  readonly output: Readable;
  /** Bytes that were written to its input and that it has not read yet. */
  unread(): number;
  /** Settles when it is gone, with the reason in words; it never rejects. */
  readonly ended: Promise<string>;
  /** Ends it and everything in it. */
  stop(): Promise<void>;
}

/** How sandboxes are made: all that the workbench knows of them. */
export interface SandboxDriver {
  readonly name: string;
  /** Whether its sandboxes can be given files of this machine. */
  readonly canMount: boolean;
  /** @returns why no sandbox can be made here, for the operator; null when one can */
  check(): Promise<string | null>;
  /** Starts Python with the given program; it waits on its input for what the agent sends first. */
  start(limits: SandboxLimits, program: string, mounts?: readonly ReadOnlyMount[]): Promise<Sandbox>;
  /** Removes what an earlier process of this service left behind. */
  tidy(): Promise<void>;
}
