// What must be checked before anything slow: plain Node, because nothing may be installed yet.
import { readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';

/** An error that is the operator's to solve: shown as a message and a suggestion, never as a stack. */
export class Refusal extends Error {
  constructor(message, suggestion, options) {
    super(message, options);
    this.name = 'Refusal';
    this.suggestion = suggestion;
  }
}

/** Refuses a Node that lacks what we use, before it fails somewhere less clear. */
export function requireNode(version = process.versions.node) {
  const [major, minor] = version.split('.').map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) return;
  throw new Refusal(
    `Patchbay needs Node 20.19 or newer, this is ${version}.`,
    'Install a current Node, for example from https://nodejs.org or with `nvm install 22`.',
  );
}

/** Refuses a port that cannot be listened on, saying which port, which host and what to do. */
export async function requireFreePort(host, port, home) {
  const code = await listenError(host, port);
  if (code === undefined) return;
  if (code === 'EADDRINUSE') {
    const lock = home && liveLock(home);
    const owner = lock?.port === port ? lock : undefined;
    throw new Refusal(
      `Port ${port} on ${host} is in use${owner ? ` by Patchbay itself (process ${owner.pid})` : ''}.`,
      owner
        ? `It is running at ${owner.url}. Stop it with Ctrl-C in its terminal or \`kill ${owner.pid}\`.`
        : `Choose another, for example \`PORT=${port === 65535 ? 3001 : port + 1} npm start\`, or stop the program that has it.`,
    );
  }
  if (code === 'EACCES') {
    throw new Refusal(`Port ${port} needs privileges this user does not have.`, 'Try `PORT=3000 npm start`.');
  }
  throw new Refusal(
    `HOST ${host} is no address of this machine (${code}).`,
    'Use 127.0.0.1 for this machine only or 0.0.0.0 for every network, for example `HOST=0.0.0.0 npm start`.',
  );
}

function listenError(host, port) {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', (error) => resolve(error.code ?? error.message));
    server.listen({ host, port, exclusive: true }, () => server.close(() => resolve(undefined)));
  });
}

/** Where the lock of the one `npm start` of a home is. */
export const lockFile = (home) => join(home, 'patchbay.lock');

/** The running owner of a home, or undefined when it is not held or its holder is dead. */
export function liveLock(home) {
  let lock;
  try {
    lock = JSON.parse(readFileSync(lockFile(home), 'utf8'));
  } catch {
    return undefined;
  }
  return isAlive(lock?.pid) && processBirth(lock.pid) === lock.birth ? lock : undefined;
}

/** Whether a process with this id exists, whatever user owns it. A zombie has ended. */
export function isAlive(pid) {
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
  } catch (error) {
    return error.code === 'EPERM';
  }
  return procStat(pid)?.[0] !== 'Z';
}

/** When a process began, in the kernel's ticks: with the pid it tells a process from a later one of the same pid. */
export function processBirth(pid) {
  return procStat(pid)?.[19] ?? null;
}

/** The fields of /proc/<pid>/stat from the state on; the command before it may hold spaces and brackets. */
function procStat(pid) {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  } catch {
    return undefined;
  }
}
