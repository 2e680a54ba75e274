import { migrate } from './migrations.js';
import { grantSchema } from './roles.js';
import { ownUrlOf, requireDatabaseUrl, runJob, serviceMigrations } from './service-migrations.js';

/*
 * The migrations job: `node libs/database/dist/migrate.js apps/auth apps/sessions …`, from the root.
 * Each app with a `dist/migrations/index.js` is brought to its newest migration. Safe to run twice, and at once.
 *
 * DATABASE_URL is that of a role that may make roles. With DATABASE_URL_AUTH and its like, each schema belongs to the
 * role of its own service's URL, which is made here and gets that URL's password; the migrations run as that role.
 * Without them everything belongs to the one of DATABASE_URL. Each may be given as a file, by DATABASE_URL_FILE and its like.
 */
await runJob(async () => {
  const url = requireDatabaseUrl();
  for (const database of await serviceMigrations(process.argv.slice(2))) {
    const own = ownUrlOf(database.schema);
    if (own) await grantSchema(url, own, database.schema);
    const ran = await migrate(own || url, database);
    process.stdout.write(`${database.schema}: ${ran.length === 0 ? 'up to date' : ran.join(', ')}\n`);
  }
});
