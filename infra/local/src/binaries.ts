import { spawn } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { join } from 'node:path';
import { Refusal } from '../preflight.mjs';

const binaries = {
  'nats-server': {
    names: ['nats-server'],
    brew: 'nats-server',
    otherwise: 'or set NATS_URL to a NATS server with JetStream, for example NATS_URL=nats://127.0.0.1:4222',
  },
  bubblewrap: {
    names: ['bwrap'],
    brew: undefined,
    otherwise: 'or leave it: sessions are then without a workbench',
  },
  pgbouncer: {
    names: ['pgbouncer'],
    brew: 'pgbouncer',
    otherwise: 'only the tests need it',
  },
  // Chromium without its windows starts in a third of the time; a whole one does where that is no package.
  'chromium-headless-shell': {
    names: ['chromium-headless-shell', 'chromium', 'chromium-browser', 'google-chrome'],
    brew: '--cask chromium',
    otherwise: 'only the end-to-end tests need it',
  },
} as const;

export type BinaryName = keyof typeof binaries;

/** Folders that hold servers but are missing from many users' PATH. */
const alsoIn = ['/usr/sbin', '/usr/local/bin', '/usr/local/sbin', '/opt/homebrew/bin'];

/** Where a program is, or undefined. */
export function findBinary(names: readonly string[], path = process.env.PATH ?? ''): string | undefined {
  for (const folder of [...path.split(':').filter(Boolean), ...alsoIn]) {
    for (const name of names) {
      const file = join(folder, name);
      try {
        accessSync(file, constants.X_OK);
        return file;
      } catch {
        // Not here: look on.
      }
    }
  }
  return undefined;
}

/** The path of a program we need: found, else installed by apt when we may, else a clear instruction. */
export async function ensureBinary(
  name: BinaryName,
  note: (text: string) => void = () => {},
): Promise<string> {
  const { names, brew, otherwise } = binaries[name];
  const found = findBinary(names);
  if (found) return found;
  const onMac = brew ? ` or \`brew install ${brew}\` (macOS)` : '';
  const instruction = `Install it with \`apt-get install ${name}\` (Debian, Ubuntu)${onMac}, ${otherwise}.`;
  const apt = findBinary(['apt-get']);
  if (!apt || process.getuid?.() !== 0) {
    throw new Refusal(
      `${name} is not installed, and only root on Debian or Ubuntu can have it installed from here.`,
      instruction,
    );
  }
  const output = await aptInstall(apt, name, note);
  const installed = findBinary(names);
  if (installed) return installed;
  throw new Refusal(`${name} is not installed, and apt-get could not install it:\n${output}`, instruction);
}

/** Tries with the package lists as they are, and refreshes them only when that fails. */
async function aptInstall(apt: string, name: string, note: (text: string) => void): Promise<string> {
  const install = ['install', '-y', '--no-install-recommends', name];
  note(`installing ${name} with apt-get`);
  if ((await run(apt, install)).code === 0) return '';
  note('refreshing the package lists with apt-get update');
  await run(apt, ['update']);
  note(`installing ${name} with apt-get`);
  return (await run(apt, install)).output.trim().split('\n').slice(-10).join('\n');
}

function run(command: string, args: string[]): Promise<{ code: number | null; output: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      // SYSTEMD_OFFLINE: the package's own nats-server on port 4222 must not be started; we run ours.
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive', SYSTEMD_OFFLINE: '1' },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    child.stdout.on('data', (data: Buffer) => (output += data.toString()));
    child.stderr.on('data', (data: Buffer) => (output += data.toString()));
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, output }));
  });
}
