import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Report } from './report.mjs';

export const root = fileURLToPath(new URL('../..', import.meta.url));

/** A check that hangs ends the part: whatever it had started ends with its process. */
const CHECK_LIMIT_MS = 15 * 60_000;

/**
 * Runs a part's checks and ends the process with what came of them. A check that fails does not keep the others from
 * being run; the exit code is 1 then.
 * @param {string} part
 * @param {(check: (name: string, look: () => Promise<string>, how?: 'run' | 'checked') => Promise<boolean>) => Promise<unknown>} work
 *   a check answers with its figure, or throws
 */
export async function runChecks(part, work) {
  const report = new Report(part);
  const check = async (name, look, how = 'run') => {
    const timer = setTimeout(() => {
      console.error(`${name}: over its time`);
      process.exit(1);
    }, CHECK_LIMIT_MS);
    const isGood = await report.check(name, how, look);
    clearTimeout(timer);
    return isGood;
  };
  try {
    await work(check);
  } catch (error) {
    await report.check(`${part} itself`, 'run', () => Promise.reject(error));
  }
  process.exit(report.end());
}

/**
 * Runs a program to its end.
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv, limitMs?: number }} [options]
 * @returns {Promise<string>} what it wrote; rejects with the end of it when it fails or takes too long
 */
export function runProgram(command, args, { cwd = root, env = process.env, limitMs = 10 * 60_000 } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'], timeout: limitMs });
    let output = '';
    let errors = '';
    child.stdout.on('data', (data) => (output += data));
    child.stderr.on('data', (data) => (errors += data));
    child.once('error', reject);
    child.once('close', (code) => {
      if (code === 0) resolve(output);
      else
        reject(
          new Error(`${command} ${args.join(' ')} ended with ${code}\n${`${output}${errors}`.slice(-4_000)}`),
        );
    });
  });
}

/**
 * Runs files of a workspace's tests.
 * @returns {Promise<number>} how many tests passed; rejects when one failed or there was none
 */
export async function runTests(workspace, files, env = {}) {
  const args = ['run', ...files, '--reporter=json'];
  const output = await runProgram(join(root, 'node_modules/.bin/vitest'), args, {
    cwd: join(root, workspace),
    env: { ...process.env, E2E_WORKERS: '1', ...env },
  });
  const { numPassedTests, numTotalTests } = JSON.parse(output.slice(output.indexOf('{"')));
  if (numPassedTests === 0) throw new Error(`no test of ${files.join(', ')} was run, of ${numTotalTests}`);
  return numPassedTests;
}
