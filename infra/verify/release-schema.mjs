/**
 * `node infra/verify/release-schema.mjs VERSION [--only NAMES.json]`: writes down what the schemas are by this checkout's
 * migrations, for a release: `e2e/releases/VERSION.json`. The next versions are held against it. `--only` names the
 * migrations that a release had which was not written down at its time.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { startPostgres } from '@patchbay/local';
import { owners, migrateTo } from '../../e2e/support/release.migrations.mjs';
import { readSchema } from '../../e2e/support/release.schema.mjs';
import { root } from './checks.mjs';

const { values, positionals } = parseArgs({ options: { only: { type: 'string' } }, allowPositionals: true });
const [version] = positionals;
if (!version) throw new Error('Which version? node infra/verify/release-schema.mjs 1.2.3');
const only = values.only ? JSON.parse(readFileSync(values.only, 'utf8')) : undefined;

const postgres = await startPostgres({ ephemeral: true });
try {
  const migrations = await migrateTo(postgres.url, only);
  const tables = await readSchema(postgres.url, owners);
  const folder = join(root, 'e2e/releases');
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, `${version}.json`), `${JSON.stringify({ migrations, tables }, undefined, 2)}\n`);
  console.log(`e2e/releases/${version}.json: ${Object.keys(tables).length} tables`);
} finally {
  await postgres.stop();
}
