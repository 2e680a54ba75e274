import type { DataSource } from 'typeorm';
import type { SealingVault } from './sealing.vault.js';

const BATCH = 100;

/** Where sealed values lie, and how to find whose they are. */
export interface SealedPlace<Column extends string> {
  /** `table.column` */
  column: Column;
  /** The table's key. */
  key: string;
  /** SQL of what `place`, a row of the table, is joined with: a table or query called `owner`, with `id` and `project_id`. */
  owner: string;
}

interface SealedRow {
  key: string;
  sealed: string;
  projectId: string;
  id: string;
}

/**
 * What a service's `reseal.js` does: after a new key was put in front of PATCHBAY_ENCRYPTION_KEYS, moves what older keys
 * sealed to it, and says how many of each table. Safe beside running services, and to run again; then the old keys can
 * go. A failure ends the process with 1.
 */
export async function resealCommand<Column extends string>(
  dataSource: DataSource,
  vault: SealingVault<Column>,
  places: readonly SealedPlace<Column>[],
): Promise<void> {
  try {
    await dataSource.initialize();
    for (const place of places) {
      let resealed = 0;
      for (let done = BATCH; done === BATCH; resealed += done)
        done = await resealBatch(dataSource, vault, place);
      const table = place.column.slice(0, place.column.indexOf('.'));
      process.stdout.write(`${table}: ${resealed} moved to the newest key\n`);
    }
  } catch (error) {
    process.stderr.write(
      `${error instanceof Error ? error.message : String(error)}\nWhat was moved until then stays moved; run it again once this is mended.\n`,
    );
    process.exitCode = 1;
  } finally {
    if (dataSource.isInitialized) await dataSource.destroy();
  }
}

/** In a small transaction that locks what it changes. */
async function resealBatch<Column extends string>(
  dataSource: DataSource,
  vault: SealingVault<Column>,
  { column: place, key, owner }: SealedPlace<Column>,
): Promise<number> {
  const [table, column] = place.split('.');
  return dataSource.transaction(async (manager) => {
    const rows: SealedRow[] = await manager.query(
      `SELECT place.${key} AS key, place.${column} AS sealed, owner.project_id AS "projectId", owner.id
         FROM ${table} place JOIN ${owner}
        WHERE place.${column} NOT LIKE $1
        LIMIT ${BATCH}
          FOR UPDATE OF place`,
      [`${vault.newestPrefix}%`],
    );
    for (const row of rows) {
      const sealed = vault.seal(place, row, vault.open(place, row, row.sealed));
      await manager.query(`UPDATE ${table} SET ${column} = $1 WHERE ${key} = $2`, [sealed, row.key]);
    }
    return rows.length;
  });
}
