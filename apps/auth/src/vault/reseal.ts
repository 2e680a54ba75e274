import type { DataSource } from 'typeorm';
import type { Vault } from './vault.service.js';

/** Where sealed values lie, and whose they are: the row itself, or the connection it belongs to. */
const PLACES = [
  { table: 'connected_accounts', column: 'sealed_credential', key: 'id', owner: 'SELF' },
  { table: 'auth_configs', column: 'sealed_credentials', key: 'id', owner: 'SELF' },
  { table: 'connect_links', column: 'sealed_values', key: 'token_sha256', owner: 'CONNECTION' },
] as const;
const BATCH = 100;

interface SealedRow {
  key: string;
  sealed: string;
  projectId: string;
  id: string;
}

/** Seals anew what an older key sealed, table by table, in small transactions that lock what they change. */
export async function* resealAll(
  dataSource: DataSource,
  vault: Vault,
): AsyncGenerator<{ table: string; resealed: number }> {
  for (const place of PLACES) {
    let resealed = 0;
    for (let done = BATCH; done === BATCH; resealed += done)
      done = await resealBatch(dataSource, vault, place);
    yield { table: place.table, resealed };
  }
}

async function resealBatch(
  dataSource: DataSource,
  vault: Vault,
  { table, column, key, owner }: (typeof PLACES)[number],
): Promise<number> {
  // A link's values are sealed for its connection.
  const source =
    owner === 'SELF'
      ? `${table} place, LATERAL (SELECT place.project_id, place.id) owner`
      : `${table} place JOIN connected_accounts owner ON owner.id = place.connection_id`;
  return dataSource.transaction(async (manager) => {
    const rows: SealedRow[] = await manager.query(
      `SELECT place.${key} AS key, place.${column} AS sealed, owner.project_id AS "projectId", owner.id
         FROM ${source}
        WHERE place.${column} NOT LIKE $1
        LIMIT ${BATCH}
          FOR UPDATE OF place`,
      [`${vault.newestPrefix}%`],
    );
    for (const row of rows) {
      const sealed = vault.seal(row, vault.open(row, row.sealed));
      await manager.query(`UPDATE ${table} SET ${column} = $1 WHERE ${key} = $2`, [sealed, row.key]);
    }
    return rows.length;
  });
}
