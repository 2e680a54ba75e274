// Programs that are run to their end. Node's own modules only.
import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { onStop } from './stopping.mjs';

export const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

/** The last lines of an output, which say why it failed. */
export const lastLines = (text, count) => text.trimEnd().split('\n').slice(-count).join('\n');

/** Runs a program to its end, handing on a signal that ends us, so that Ctrl-C and kill leave no child. */
export function run(command, args, { cwd = root, env = {}, onOutput } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd,
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
