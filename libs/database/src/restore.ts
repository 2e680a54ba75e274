import { parseArgs } from 'node:util';
import { keyIdsOf, restoreBackup } from './backup/index.js';
import { ownUrlOf, OWNERS, requireDatabaseUrl, runJob, serviceMigrations } from './service-migrations.js';

/*
 * `node libs/database/dist/restore.js --from FOLDER [--replace]`, from the root: fills a database from a backup, with the services
 * stopped (docs/operating/backup.md). Settings as for the migrations job.
 */
await runJob(async () => {
  const { values } = parseArgs({ options: { from: { type: 'string' }, replace: { type: 'boolean' } } });
  if (!values.from) throw new Error('Say where from: --from FOLDER, of a backup.');
  const manifest = await restoreBackup({
    url: requireDatabaseUrl(),
    folder: values.from,
    services: await serviceMigrations(OWNERS),
    ownUrl: ownUrlOf,
    replace: values.replace ?? false,
  });
  const rows = manifest.schemas.flatMap(({ tables }) => tables).reduce((sum, table) => sum + table.rows, 0);
  process.stdout.write(
    `Restored ${rows} rows as of ${manifest.takenAt}. PATCHBAY_ENCRYPTION_KEYS has to hold ${keyIdsOf(manifest).join(', ') || 'no key of before'}.\n`,
  );
});
