import { loadConfig } from '@patchbay/service';
import { dataSourceOptions } from '@patchbay/database';
import { DataSource } from 'typeorm';
import { z } from 'zod';
import { authConfig } from './config.js';
import { database } from './database.js';
import { resealAll, Vault } from './vault/index.js';

/*
 * `node apps/auth/dist/reseal.js`: after a new key was put in front of PATCHBAY_ENCRYPTION_KEYS, moves what
 * older keys sealed to it. Safe beside running services, and to run again; then the old keys can go.
 */
const settings = z.object(authConfig.shape).pick({ DATABASE_URL: true, PATCHBAY_ENCRYPTION_KEYS: true });
const config = loadConfig(settings, process.env);
const dataSource = await new DataSource(dataSourceOptions(config.DATABASE_URL, database)).initialize();
try {
  for await (const { table, resealed } of resealAll(dataSource, new Vault(config))) {
    process.stdout.write(`${table}: ${resealed} moved to the newest key\n`);
  }
} catch (error) {
  process.stderr.write(
    `${error instanceof Error ? error.message : String(error)}\nWhat was moved until then stays moved; run it again once this is mended.\n`,
  );
  process.exitCode = 1;
} finally {
  await dataSource.destroy();
}
