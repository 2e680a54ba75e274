import { startPostgres } from '@patchbay/local';
import { POSTGRES } from './database.js';

/** Starts the Postgres that the test files of one run share. Run by Vitest before its workers, which find it by their environment. */
export async function setup(): Promise<() => Promise<void>> {
  const postgres = await startPostgres({ ephemeral: true });
  process.env[POSTGRES] = postgres.url;
  return async () => {
    Reflect.deleteProperty(process.env, POSTGRES);
    await postgres.stop();
  };
}
