import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

/**
 * Runs one of our scripts to its end.
 * @param script where it is in `e2e`
 * @returns what it printed; of one that failed, its errors as well: both say more than that it failed
 */
export async function printedBy(script: string, ...options: string[]): Promise<string> {
  const file = fileURLToPath(new URL(`../${script}`, import.meta.url));
  try {
    return (await promisify(execFile)(process.execPath, [file, ...options])).stdout;
  } catch (error) {
    const { stdout = '', stderr = '' } = error as { stdout?: string; stderr?: string };
    if (stdout + stderr === '') throw error;
    return stdout + stderr;
  }
}
