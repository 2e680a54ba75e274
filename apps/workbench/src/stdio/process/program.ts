import type { StdioProgram } from '@patchbay/contracts';
import { chosenCommand, type InstalledPackage } from '../../stdio-packages/index.js';
import type { ReadOnlyMount } from '../../sandbox/index.js';

const HOME = '/home/user';
const SERVER = '/opt/server';
const NODE = '/opt/node/bin/node';
/** Of the proxy on a sandbox's own loopback, which nothing else listens on. */
export const PROXY_PORT = 3128;

/** Calls an entry point as its script would, whose folder is not that of the sandbox's files (PyPA, entry points). */
const ENTRY_POINT = [
  'import importlib, operator, sys',
  'sys.path[:] = [folder for folder in sys.path if folder]',
  'module, _, name = sys.argv[2].partition(":")',
  'sys.argv[:3] = [sys.argv[1]]',
  'sys.exit(operator.attrgetter(name)(importlib.import_module(module))())',
].join('\n');

/** What a sandbox starts: with a file to execute, its arguments and its whole environment. */
export interface Launch {
  program: { file: string; arguments: string[]; environment: Record<string, string> };
  home: string;
  mounts: ReadOnlyMount[];
}

/** @throws AppError `invalid_request` for a command that the package does not have */
export function launchOf(
  given: StdioProgram,
  installed: InstalledPackage,
  { node, python }: { node: string; python: string },
): Launch {
  const { name, target } = chosenCommand(installed.commands, given, given.command);
  const isNode = given.registryType === 'npm';
  const start = isNode
    ? { file: `${SERVER}/${target}`, arguments: given.arguments }
    : { file: python, arguments: ['-c', ENTRY_POINT, name, target, ...given.arguments] };
  return {
    program: { ...start, environment: { ...BASE, ...(isNode ? {} : PYTHON), ...given.environment } },
    home: HOME,
    mounts: [{ from: installed.folder, to: SERVER }, ...(isNode ? [{ from: node, to: NODE }] : [])],
  };
}

const PROXY = `http://127.0.0.1:${PROXY_PORT}`;
const OWN_LOOPBACK = 'localhost,127.0.0.1,::1';

const BASE = {
  HOME,
  USER: 'user',
  PATH: '/opt/node/bin:/usr/local/bin:/usr/bin:/bin',
  LANG: 'C.UTF-8',
  TERM: 'dumb',
  HTTP_PROXY: PROXY,
  HTTPS_PROXY: PROXY,
  http_proxy: PROXY,
  https_proxy: PROXY,
  NO_PROXY: OWN_LOOPBACK,
  no_proxy: OWN_LOOPBACK,
  // Node.js from 24 on takes the proxy from the variables when it is told to.
  NODE_USE_ENV_PROXY: '1',
};

const PYTHON = {
  PYTHONPATH: SERVER,
  PYTHONDONTWRITEBYTECODE: '1',
  PYTHONUNBUFFERED: '1',
};
