import type { DataSource } from 'typeorm';
import type { ErrorLogger } from './error-logger.js';
import type { SealedPlace } from './reseal.js';
import type { SealingVault } from './sealing.vault.js';

/** Rows of each table: enough to see that a key is missing, and no scan of a large table at each start. */
const LOOKED_AT = 1_000;

/**
 * Says at the start of a service what stays closed, before a call fails by it: after a restore, or when a key was taken out too
 * early. While Postgres is away nothing can be said; the service has to start all the same.
 */
export async function warnOfMissingKeys<Column extends string>(
  dataSource: DataSource,
  vault: SealingVault<Column>,
  places: readonly SealedPlace<Column>[],
  logger: ErrorLogger,
): Promise<void> {
  const missing = await missingKeys(dataSource, vault, places).catch(() => []);
  if (missing.length === 0) return;
  logger.error(
    { missing },
    'PATCHBAY_ENCRYPTION_KEYS lacks keys: what they sealed cannot be opened. Put them back, or see docs/operating/keys.md#keys-that-are-lost',
  );
}

/** The names of keys that sealed values of these places and are not in the ring, as far as a look at some of them tells. */
async function missingKeys<Column extends string>(
  dataSource: DataSource,
  vault: SealingVault<Column>,
  places: readonly SealedPlace<Column>[],
): Promise<string[]> {
  const selects = places.map(({ column: place }) => {
    const [table, column] = place.split('.');
    return `(SELECT split_part(${column}, '.', 2) AS id FROM ${table} WHERE ${column} IS NOT NULL LIMIT ${LOOKED_AT})`;
  });
  const rows = await dataSource.query<{ id: string }[]>(`${selects.join(' UNION ')} ORDER BY id`);
  return rows.map(({ id }) => id).filter((id) => !vault.holds(id));
}
