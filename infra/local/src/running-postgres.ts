import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isOurs, readPid } from './leftovers.js';
import { NAME } from './postgres.js';

/** The Postgres that runs on the data of a home; undefined when none does. */
export function runningPostgres(
  home: string,
  password: string | undefined,
): { port: string; url: string } | undefined {
  const dataDir = join(home, 'postgres');
  const note = join(dataDir, 'postmaster.pid');
  const pid = readPid(note);
  if (pid === undefined || !isOurs(pid, 'postgres', dataDir)) return undefined;
  const port = String(readFileSync(note, 'utf8').split('\n')[3]);
  return { port, url: `postgres://${NAME}:${password}@127.0.0.1:${port}/${NAME}` };
}
