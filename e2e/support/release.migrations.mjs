import { readdirSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { migrate } from '@patchbay/database';

const apps = fileURLToPath(new URL('../../apps', import.meta.url));
const fileOf = (app) => join(apps, app, 'dist/migrations/index.js');

/** The apps that own tables; each has the schema of its name. */
export const owners = readdirSync(apps).filter((app) => existsSync(fileOf(app)));

/**
 * Runs the migrations of all apps, as they are built.
 * @param {string} databaseUrl
 * @param {Record<string, string[]>} [only] by schema, those that a release had; all without it
 * @returns {Promise<Record<string, string[]>>} by schema, the names of those that ran
 */
export async function migrateTo(databaseUrl, only) {
  /** @type {Record<string, string[]>} */
  const ran = {};
  for (const app of owners) {
    if (only && !only[app]) continue;
    const { schema, migrations } = await import(pathToFileURL(fileOf(app)).href);
    const wanted = only ? migrations.filter(({ name }) => only[app].includes(name)) : migrations;
    ran[schema] = await migrate(databaseUrl, { schema, migrations: wanted });
  }
  return ran;
}
