// Brings a fresh clone to where our own code can run: installed and built. Node's own modules only.
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { constants } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { removeOrphans } from './orphans.mjs';
import { Refusal } from './preflight.mjs';
import { onStop } from './stopping.mjs';

export const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

/** Installs the dependencies unless what is installed is what the lock file says. */
export async function install(terminal) {
  const difference = installDifference(root);
  if (difference === undefined) return;
  await terminal.step(`Installing dependencies (${difference})`, async () => {
    // The npm that runs us, so that the version is the one the operator chose, on its own Node: ours may be a
    // package that is replaced here.
    const own = /npm-cli\.[cm]?js$/.test(process.env.npm_execpath ?? '');
    const node = process.env.npm_node_execpath ?? process.execPath;
    const [command, ...args] = own ? [node, process.env.npm_execpath] : ['npm'];
    const { code, output } = await run(command, [...args, 'ci', '--no-audit', '--no-fund']);
    if (code === 0) return;
    throw new Refusal(
      `npm ci failed (exit code ${code}):\n${tail(output, 25)}`,
      'Check the connection to the npm registry, then run the same command again.',
    );
  });
}

/** Builds the workspaces that the filters name (all without one) and what they need; quick when nothing changed. */
export async function build(terminal, filters = []) {
  await terminal.step('Building', async () => {
    removeOrphans();
    const { code, output } = await turbo(['build', ...filters.map((filter) => `--filter=${filter}`)]);
    if (code === 0) return;
    throw new Refusal(
      `The build failed:\n${tail(output, 40)}`,
      'Repeat it with `npm run build` to see all of it.',
    );
  });
}

/** Runs turbo tasks; the same flags everywhere, so that the cache is shared. */
export function turbo(args, onOutput) {
  return run(join(root, 'node_modules/.bin/turbo'), ['run', ...args, '--ui=stream', '--log-order=stream'], {
    env: { TURBO_TELEMETRY_DISABLED: '1', TURBO_NO_UPDATE_NOTIFIER: '1' },
    onOutput,
  });
}

/**
 * What of the lock file is not installed, or undefined. npm notes in node_modules what it installed, last of all: that
 * note is compared, so an installation made by hand counts and one that was cut short does not.
 */
export function installDifference(folder) {
  const wanted = readLock(join(folder, 'package-lock.json'));
  const installed = readLock(join(folder, 'node_modules/.package-lock.json'));
  if (!installed) return 'first start';
  for (const [path, entry] of Object.entries(wanted ?? {})) {
    if (!path.includes('node_modules/')) continue;
    const there = installed[path];
    // Absent binaries for other platforms are optional; everything else has to be there as locked.
    const same = there ? fingerprint(there) === fingerprint(entry) : entry.optional || entry.devOptional;
    if (!same) return 'package-lock.json changed';
  }
  return undefined;
}

const fingerprint = (entry) => `${entry.version} ${entry.integrity} ${entry.link ? entry.resolved : ''}`;

function readLock(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8')).packages;
  } catch {
    return undefined;
  }
}

/** Runs a program to its end, handing on a signal that ends us, so that Ctrl-C and kill leave no child. */
export function run(command, args, { env = {}, onOutput } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd: root,
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    let ending;
    const off = onStop((signal) => {
      ending = signal;
      // Programs know what to do at SIGTERM, seldom at SIGHUP.
      child.kill(signal === 'SIGHUP' ? 'SIGTERM' : signal);
    });
    const collect = (chunk) => {
      // The tail is enough to explain a failure; a whole test run need not stay in memory.
      output = (output + chunk).slice(-200_000);
      onOutput?.(chunk);
    };
    child.stdout.setEncoding('utf8').on('data', collect);
    child.stderr.setEncoding('utf8').on('data', collect);
    child.once('error', reject);
    child.once('close', (code, signal) => {
      off();
      if (ending) process.exit(128 + constants.signals[ending]);
      resolve({ code: code ?? 128 + constants.signals[signal], output });
    });
  });
}

const tail = (text, lines) => text.trimEnd().split('\n').slice(-lines).join('\n');
