/**
 * `node infra/verify/release-schema.mjs VERSION [--only NAMES.json]`: writes down, for a release, what the schemas are by
 * this checkout's migrations, `e2e/releases/VERSION.json`, and what its services say to each other,
 * `e2e/releases/VERSION.messages.json`. The next versions are held against both. `--only` names the migrations that a
 * release had which was not written down at its time.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import * as contracts from '@patchbay/contracts';
import { startPostgres } from '@patchbay/local';
import { readMessages, writeMessages } from '../../e2e/support/release.messages.mjs';
import { owners, migrateTo } from '../../e2e/support/release.migrations.mjs';
import { readSchema } from '../../e2e/support/release.schema.mjs';
import { permissionsOf, services } from '../nats/permissions.mjs';
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
  const messages = readMessages(contracts);
  const sends = services.map((name) => [name, permissionsOf(name).publish.map(([subject]) => subject)]);
  writeFileSync(
    join(folder, `${version}.messages.json`),
    writeMessages({ messages, sends: Object.fromEntries(sends) }),
  );
  console.log(`e2e/releases/${version}.messages.json: ${Object.keys(messages).length} subjects`);
} finally {
  await postgres.stop();
}
