import { execFileSync, spawnSync } from 'node:child_process';

/** @type {{ encoding: 'utf8', timeout: number, maxBuffer: number }} */
export const LIMITS = { encoding: 'utf8', timeout: 120_000, maxBuffer: 64 * 1024 * 1024 };

/**
 * What a command says; throws with its words when it fails.
 * @param {string} command
 * @param {string[]} args
 * @param {Record<string, string>} [env]
 */
export function run(command, args, env = {}) {
  try {
    return execFileSync(command, args, {
      ...LIMITS,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, ...env },
    });
  } catch (error) {
    const { stdout, stderr } = /** @type {{ stdout?: string, stderr?: string }} */ (error);
    const words = [stdout, stderr].filter(Boolean).join('\n').trim().slice(-2_000);
    throw new Error(words || String(error), { cause: error });
  }
}

/**
 * Throws when a command does not fail, or for another reason.
 * @param {string} command
 * @param {string[]} args
 * @param {RegExp} named what it has to name
 */
export function refused(command, args, named) {
  const { status, stdout, stderr } = spawnSync(command, args, LIMITS);
  if (status === 0) throw new Error(`${args.at(-1)} is not refused`);
  if (!named.test(`${stdout}${stderr}`))
    throw new Error(`${args.at(-1)} is refused for another reason: ${stderr}`);
}
