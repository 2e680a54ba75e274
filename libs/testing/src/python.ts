import { pythonEnvironment } from '@patchbay/local';

/**
 * The Python of a folder's environment, for tests that are skipped without it.
 * @param folder with the lock, see `pythonEnvironment`
 * @returns why there is none, when it cannot be made here; in CI that is an error
 */
export async function pythonForTests(folder: string): Promise<{ python: string } | { missing: string }> {
  try {
    return { python: await pythonEnvironment(folder) };
  } catch (error) {
    const isRefusal = error instanceof Error && 'suggestion' in error;
    if (!isRefusal || process.env['CI']) throw error;
    return { missing: `${error.message} ${String(error.suggestion)}` };
  }
}
