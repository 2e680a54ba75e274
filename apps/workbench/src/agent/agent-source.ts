import { readdirSync, readFileSync } from 'node:fs';

/** Beside the compiled service as beside its source. */
const FOLDER = new URL('../../python/', import.meta.url);
const BOOT = 'boot.py';

const modules = Object.fromEntries(
  readdirSync(FOLDER)
    .filter((file) => file.endsWith('.py') && file !== BOOT)
    .map((file) => [file.replace(/\.py$/, ''), readFileSync(new URL(file, FOLDER), 'utf8')]),
);

/** What a sandbox is started with; the rest is sent to it. */
export const BOOT_PROGRAM = readFileSync(new URL(BOOT, FOLDER), 'utf8');

/**
 * The first line that a sandbox gets: its program and its settings.
 * @param main the module that its first process runs
 */
export function firstLine(
  settings: Record<string, unknown>,
  main: 'agent' | 'stdio_agent' = 'agent',
): string {
  return `${JSON.stringify({ modules, main, settings })}\n`;
}
