import { parseArgs } from 'node:util';
import { keyIdsOf, takeBackup } from './backup/index.js';
import { requireDatabaseUrl, runJob } from './service-migrations.js';

/*
 * `node libs/database/dist/backup.js --to FOLDER`: writes the tables of all services, as they are at one moment, into a new
 * folder (docs/operating/backup.md). DATABASE_URL is that of the migrations job. Services go on meanwhile.
 */
await runJob(async () => {
  const { values } = parseArgs({ options: { to: { type: 'string' } } });
  if (!values.to) throw new Error('Say where to: --to FOLDER, a new one.');
  const manifest = await takeBackup(requireDatabaseUrl(), values.to);
  for (const { name, tables } of manifest.schemas) {
    const rows = tables.reduce((sum, table) => sum + table.rows, 0);
    process.stdout.write(`${name}: ${tables.length} tables, ${rows} rows\n`);
  }
  process.stdout.write(
    `Backed up to ${values.to}. It does not hold the encryption keys: keep ${keyIdsOf(manifest).join(', ') || 'them'} elsewhere.\n`,
  );
});
