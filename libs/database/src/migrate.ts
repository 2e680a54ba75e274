import { access } from 'node:fs/promises';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { migrate, type ServiceMigrations } from './migrations.js';
import { grantSchema } from './roles.js';

/*
 * The migrations job: `node libs/database/dist/migrate.js apps/auth apps/sessions …`, from the root.
 * Each app with a `dist/migrations/index.js` is brought to its newest migration. Safe to run twice, and at once.
 *
 * DATABASE_URL is that of a role that may make roles. With DATABASE_URL_AUTH and its like, each schema belongs to the
 * role of its own service's URL, which is made here and gets that URL's password; the migrations run as that role.
 * Without them everything belongs to the one of DATABASE_URL.
 */
const url = process.env['DATABASE_URL'];
if (!url) {
  process.stderr.write(
    'Setting DATABASE_URL is missing, such as postgres://user:password@host:5432/patchbay\n',
  );
  process.exit(1);
}
for (const folder of process.argv.slice(2)) {
  const file = resolve(folder, 'dist/migrations/index.js');
  const isThere = await access(file).then(
    () => true,
    () => false,
  );
  if (!isThere) continue;
  const database = (await import(pathToFileURL(file).href)) as ServiceMigrations;
  const own = process.env[`DATABASE_URL_${database.schema.toUpperCase()}`];
  if (own) await grantSchema(url, own, database.schema);
  const ran = await migrate(own || url, database);
  process.stdout.write(`${database.schema}: ${ran.length === 0 ? 'up to date' : ran.join(', ')}\n`);
}
