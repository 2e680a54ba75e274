import { z } from 'zod';
import { PlainObject } from './plain-object.js';

/** More files than this are not listed. */
export const MAX_FILES = 10_000;

/** Somewhat above the agent's own limits: an answer above these was tampered with. */
const Text = z.string().max(100_000);
const Path = z.string().max(4096);

const Output = z.object({
  text: Text,
  lines: z.number(),
  bytes: z.number(),
  path: Path.nullable(),
});
const Ran = { stdout: Output, stderr: Output, timedOut: z.boolean() };

/** `ended` is there when the Python process ended with the cell. */
export const CellAnswer = z.union([
  z.object({ ...Ran, ended: z.string().max(100) }),
  z.object({ ...Ran, result: Text, error: Text, pictures: z.array(Path).max(20) }),
]);
export type CellAnswer = z.infer<typeof CellAnswer>;

export const CommandAnswer = z.object({ ...Ran, exitCode: z.int() });
export type CommandAnswer = z.infer<typeof CommandAnswer>;

/** Somewhat above the number of variables that the agent lists. */
const MAX_NAMES = 200;
const Lost = z.record(z.string().max(500), z.string().max(500));
const Kept = z.object({ lost: PlainObject(MAX_NAMES).pipe(Lost) });
/** The kernel may have died over it, or failed in an unexpected way. */
export const SnapshotAnswer = z.union([Kept, z.object({ error: Text }), z.object({ ended: Text })]);
export type SnapshotAnswer = z.infer<typeof SnapshotAnswer>;

export const FileEntry = z.object({
  path: Path,
  size: z.number().nonnegative(),
  /** Microseconds of the epoch. */
  modified: z.int(),
  isLink: z.boolean(),
});
export type FileEntry = z.infer<typeof FileEntry>;
export const Listing = z.object({ files: z.array(FileEntry).max(MAX_FILES), complete: z.boolean() });
export const Piece = z.object({ data: z.base64(), size: z.number().nonnegative() });
export const Done = z.object({});
