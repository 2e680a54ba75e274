import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { lockFile } from '../../preflight.mjs';
import { LogFile } from '../log-file.js';

const LINES = 200;

/** Where to read on about a service, with the last error that it logged since `npm start`, in its own words. */
export function logOf(home: string, service: string): string {
  const path = join(home, 'logs', `${service}.log`);
  if (!existsSync(path)) return 'Look at its log.';
  const message = lastError(home, path);
  return `Its log is ${path}${message === undefined ? '' : `; its last error: ${message}`}.`;
}

function lastError(home: string, path: string): string | undefined {
  const { mtimeMs: since = 0 } = statSync(lockFile(home), { throwIfNoEntry: false }) ?? {};
  for (const line of new LogFile(path).tail(LINES).split('\n').toReversed()) {
    const { level, time, msg } = parsed(line);
    if ((level === 'error' || level === 'fatal') && Date.parse(String(time)) >= since) return String(msg);
  }
  return undefined;
}

function parsed(line: string): { level?: unknown; time?: unknown; msg?: unknown } {
  try {
    return JSON.parse(line) as object;
  } catch {
    // The beginning of the line may be cut off.
    return {};
  }
}
