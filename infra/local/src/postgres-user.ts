import { spawnSync } from 'node:child_process';
import { dirname } from 'node:path';
import { Refusal } from '../preflight.mjs';
import { findBinary } from './binaries.js';

export interface PostgresUser {
  uid?: number;
  gid?: number;
}

/** Postgres refuses to run as root; then it runs as the user postgres, who is made if missing. */
export function postgresUser(): PostgresUser {
  if (process.getuid?.() !== 0) return {};
  const there = lookUp();
  if (there) return there;
  const made = spawnSync('useradd', [
    '--system',
    '--user-group',
    '--no-create-home',
    '--shell',
    '/usr/sbin/nologin',
    'postgres',
  ]);
  const user = lookUp();
  if (user) return user;
  throw new Refusal(
    `Postgres does not run as root, and the user postgres could not be made: ${String(made.stderr ?? made.error).trim()}`,
    'Make it with `useradd --system --user-group postgres`, start as an ordinary user, or set DATABASE_URL.',
  );
}

function lookUp(): PostgresUser | undefined {
  const [uid, gid] = ['-u', '-g'].map((flag) =>
    Number(spawnSync('id', [flag, 'postgres']).stdout.toString() || NaN),
  );
  return uid && gid ? { uid, gid } : undefined;
}

/** How to run a Postgres program: the user to become, and words to put before the command. */
export interface Launch extends PostgresUser {
  prefix: string[];
}

/**
 * Usually just the user. A clone under /root (0700) is out of that user's reach: then root hands the one right needed to
 * walk and read such folders along, which is no more than everything else we start as root has.
 */
export function postgresLaunch(user: PostgresUser, paths: string[]): Launch {
  const unreachable = paths.find((path) => !reaches(user, path));
  if (unreachable === undefined) return { ...user, prefix: [] };
  const setpriv = findBinary(['setpriv']);
  const prefix = setpriv ? withReadSearch(setpriv, user) : [];
  if (
    setpriv &&
    paths.every((path) => spawnSync(prefix[0] ?? '', [...prefix.slice(1), 'ls', '-d', path]).status === 0)
  ) {
    return { prefix };
  }
  const folder = firstUnreachable(user, unreachable);
  throw new Refusal(
    `Postgres runs as the user postgres, who may not enter ${folder}.`,
    `Allow it with \`chmod o+x ${folder}\`, move Patchbay to a folder like /opt/patchbay, or set DATABASE_URL.`,
  );
}

function withReadSearch(setpriv: string, { uid, gid }: PostgresUser): string[] {
  const identity = [`--reuid=${uid}`, `--regid=${gid}`, '--clear-groups'];
  // no_setuid_fixup: otherwise access(2), with which Postgres looks at its own binary, leaves the capability out.
  const right = [
    '--securebits=+no_setuid_fixup',
    '--inh-caps=+dac_read_search',
    '--ambient-caps=+dac_read_search',
  ];
  return [setpriv, ...identity, ...right, '--'];
}

/** Asked of the system by trying: mode bits alone would miss ACLs and read-only mounts. */
function reaches(user: PostgresUser, path: string): boolean {
  return user.uid === undefined || spawnSync('ls', ['-d', path], { ...user, cwd: '/' }).status === 0;
}

/** The outermost folder that stands in the way. */
function firstUnreachable(user: PostgresUser, path: string): string {
  const parent = dirname(path);
  return parent === path || reaches(user, parent) ? parent : firstUnreachable(user, parent);
}
