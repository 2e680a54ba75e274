// Programs that are run to their end. Node's own modules only.
import { spawn } from 'node:child_process';
import { constants, setPriority } from 'node:os';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { onStop } from './stopping.mjs';

export const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

/** The last lines of an output, which say why it failed. */
export const lastLines = (text, count) => text.trimEnd().split('\n').slice(-count).join('\n');

/**
 * Runs a program to its end, handing on a signal that ends us, so that Ctrl-C and kill leave no child.
 * @param options.niceness how much it and what it starts give way to other programs: 0 as others do, 19 the most
 */
export function run(command, args, { cwd = root, env = {}, onOutput, niceness = 0 } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd,
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    // A program that did not start has no id, and its error is on its way.
    if (niceness > 0 && child.pid !== undefined) setPriority(child.pid, niceness);
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
