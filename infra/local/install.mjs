// What npm has to install, and doing it. Node's own modules only: nothing may be there yet.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Refusal } from './preflight.mjs';
import { lastLines, run } from './run.mjs';

/**
 * Installs what the lock file says, unless it is there: what building and running the platform needs, and for
 * contributors also what tests and checks need. A clone that has the latter keeps it.
 * @param terminal shows the step
 * @param options.folder of the clone
 * @param options.dev whether to work on the code, and not only to run it
 * @throws Refusal when npm fails
 */
export async function install(terminal, { folder, dev }) {
  const difference = installDifference(folder, dev);
  if (difference === undefined) return;
  const only = dev || hasDev(folder) ? [] : ['--omit=dev'];
  await terminal.step(`Installing dependencies (${difference})`, async () => {
    // The npm that runs us, so that the version is the one the operator chose, on its own Node: ours may be a
    // package that is replaced here.
    const own = /npm-cli\.[cm]?js$/.test(process.env.npm_execpath ?? '');
    const node = process.env.npm_node_execpath ?? process.execPath;
    const [command, ...args] = own ? [node, process.env.npm_execpath] : ['npm'];
    const flags = ['ci', ...only, '--no-audit', '--no-fund'];
    const { code, output } = await run(command, [...args, ...flags], { cwd: folder });
    if (code === 0) return;
    throw new Refusal(
      `npm ci failed (exit code ${code}):\n${lastLines(output, 25)}`,
      'Check the connection to the npm registry, then run the same command again.',
    );
  });
}

/**
 * What of the lock file is not installed, or undefined. npm notes in node_modules what it installed, last of all: that
 * note is compared, so an installation made by hand counts and one that was cut short does not.
 * @param folder of the clone
 * @param dev whether what only tests and checks need counts too
 */
export function installDifference(folder, dev) {
  const wanted = readLock(join(folder, 'package-lock.json'));
  const installed = readInstalled(folder);
  if (!installed) return 'first start';
  let missing = false;
  for (const [path, entry] of Object.entries(wanted ?? {})) {
    if (!path.includes('node_modules/')) continue;
    const there = installed[path];
    if (there && fingerprint(there) !== fingerprint(entry)) return 'package-lock.json changed';
    // Absent binaries for other platforms are optional; everything else has to be there as locked.
    if (there || entry.optional || entry.devOptional) continue;
    if (!entry.dev) return 'package-lock.json changed';
    missing = true;
  }
  return missing && dev ? 'what tests and checks need' : undefined;
}

const fingerprint = (entry) => `${entry.version} ${entry.integrity} ${entry.link ? entry.resolved : ''}`;

const readInstalled = (folder) => readLock(join(folder, 'node_modules/.package-lock.json'));

/** Whether a package that only contributors need is installed. */
const hasDev = (folder) => Object.values(readInstalled(folder) ?? {}).some((entry) => entry.dev);

function readLock(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8')).packages;
  } catch {
    return undefined;
  }
}
