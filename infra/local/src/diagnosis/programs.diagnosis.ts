import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { nodeBinary } from '../../node.mjs';
import { findBinary } from '../binaries.js';
import { root, type Settings } from '../config.js';
import { serviceNames } from '../services.js';
import { ok, problem, refusalOf, warning, type Finding } from './finding.js';

const TRIAL_MS = 10_000;

/** What has to be on the machine: Node, what was built, nats-server, bubblewrap. */
export async function diagnosePrograms(settings: Settings, env: NodeJS.ProcessEnv): Promise<Finding[]> {
  return [await node(), built(), ...nats(settings), ...(await sandboxes(env))];
}

async function node(): Promise<Finding> {
  let path = '';
  const refused = await refusalOf('Node', () => {
    path = nodeBinary();
  });
  if (refused) return refused;
  const isOwn = path === process.execPath;
  return ok('Node', isOwn ? `${process.version} at ${path}` : `The one that npm installed: ${path}`);
}

function built(): Finding {
  const missing = serviceNames.filter(
    (name) => !existsSync(join(root, 'apps', name, 'dist/bundle/main.mjs')),
  );
  if (missing.length === 0) return ok('Build', 'All services are built.');
  return problem(
    'Build',
    `Not built: ${missing.join(', ')}.`,
    'Run `npm start`, which builds, or `npm run build` to see why it fails.',
  );
}

function nats(settings: Settings): Finding[] {
  if (settings.NATS_URL) return [];
  const path = findBinary(['nats-server']);
  if (path) return [ok('nats-server', path)];
  return [
    problem(
      'nats-server',
      'It is not installed, and no NATS_URL names another.',
      'apt-get install nats-server, or brew install nats-server; `npm start` as root on Debian or Ubuntu installs it.',
    ),
  ];
}

/** Sandboxes are tried as the workbench makes them: with namespaces of their own. */
async function sandboxes(env: NodeJS.ProcessEnv): Promise<Finding[]> {
  const driver = env['PATCHBAY_WORKBENCH_DRIVER'] || 'bubblewrap';
  if (driver !== 'bubblewrap') return [ok('Sandboxes', `The driver is ${driver}.`)];
  const path = findBinary(['bwrap']);
  const without = 'Sessions have no workbench';
  if (!path)
    return [
      warning(
        'Sandboxes',
        `bubblewrap is not installed. ${without}.`,
        'apt-get install bubblewrap, and start Patchbay again.',
      ),
    ];
  try {
    await promisify(execFile)(
      path,
      ['--unshare-all', '--die-with-parent', '--ro-bind', '/', '/', '/bin/sh', '-c', ':'],
      {
        timeout: TRIAL_MS,
      },
    );
    return [ok('Sandboxes', `${path} makes them.`)];
  } catch (error) {
    const { stderr = '' } = error as { stderr?: string };
    const reason = stderr.trim().split('\n').at(-1) || (error as Error).message;
    return [
      warning(
        'Sandboxes',
        `bubblewrap cannot make one: ${reason}. ${without}.`,
        'The kernel has to allow user namespaces (sysctl kernel.unprivileged_userns_clone, kernel.apparmor_restrict_unprivileged_userns): docs/workbench.md.',
      ),
    ];
  }
}
