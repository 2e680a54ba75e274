export interface FuzzOptions {
  /** Of schemathesis, joined by commas. */
  phases: string;
  /** The most that an operation is tried with in a phase. */
  examples: number;
  workers?: number;
  /** The same with the same document: the same requests. */
  seed?: number;
  /** Their ids; all when none are given. */
  operations?: readonly string[];
  /** Of this machine, to come from: limits count by it. */
  address?: string;
  /** Stops it. */
  signal?: AbortSignal;
}

export interface FuzzReport {
  /** Those that were tried. */
  operations: number;
  /** Requests whose answers were checked, by operation, and of it by phase. */
  cases: Record<string, Record<string, number>>;
  /** What `hooks.py` set aside, by operation, status and reason. */
  setAside: Record<string, number>;
  /** By kind. */
  failures: { title: string; count: number; operations: string[] }[];
  /** Of schemathesis itself. */
  errors: { title: string; count: number }[];
  output: string;
}

/** With the lock that schemathesis is installed by, its settings and its hooks. */
export const FOLDER: string;

/**
 * Lets schemathesis read the served document, make requests of it, and check the answers against it. All happens in a project
 * of its own, with a person of its own; other projects are there for the organisation's key alone.
 * @param python of the environment of this folder
 */
export function fuzz(
  python: string,
  platform: { baseUrl: string; orgApiKey: string },
  options: FuzzOptions,
): Promise<FuzzReport>;
