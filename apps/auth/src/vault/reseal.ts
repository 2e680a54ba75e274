import type { DataSource } from 'typeorm';
import type { SealedColumn, Vault } from './vault.service.js';

const OF_ITS_CONNECTION = 'connected_accounts owner ON owner.id = place.connection_id';
const OF_ITS_LINK = `connect_links link ON link.token_sha256 = place.link_token_sha256
            JOIN connected_accounts owner ON owner.id = link.connection_id`;

/** Where sealed values lie, and how to find whose they are. */
const PLACES = [
  {
    column: 'connected_accounts.sealed_credential',
    key: 'id',
    owner: 'connected_accounts owner ON owner.id = place.id',
  },
  {
    column: 'auth_configs.sealed_credentials',
    key: 'id',
    owner: 'auth_configs owner ON owner.id = place.id',
  },
  { column: 'connect_links.sealed_values', key: 'token_sha256', owner: OF_ITS_CONNECTION },
  {
    column: 'sign_ins.sealed_secrets',
    key: 'state_sha256',
    owner: OF_ITS_LINK,
  },
  {
    column: 'unverified_sign_ins.sealed_secrets',
    key: 'session_sha256',
    owner: OF_ITS_LINK,
  },
  {
    column: 'transfer_keys.sealed_key',
    key: 'kid',
    owner: "(SELECT kid AS id, '' AS project_id FROM transfer_keys) owner ON owner.id = place.kid",
  },
  {
    column: 'project_toolkits.sealed_headers',
    key: 'id',
    owner: 'project_toolkits owner ON owner.id = place.id',
  },
  { column: 'refreshes.sealed_response', key: 'connection_id', owner: OF_ITS_CONNECTION },
] as const satisfies { column: SealedColumn; key: string; owner: string }[];
const BATCH = 100;

interface SealedRow {
  key: string;
  sealed: string;
  projectId: string;
  id: string;
}

/** Seals again what an older key sealed, table by table, in small transactions that lock what they change. */
export async function* resealAll(
  dataSource: DataSource,
  vault: Vault,
): AsyncGenerator<{ table: string; resealed: number }> {
  for (const place of PLACES) {
    let resealed = 0;
    for (let done = BATCH; done === BATCH; resealed += done)
      done = await resealBatch(dataSource, vault, place);
    yield { table: tableOf(place.column), resealed };
  }
}

async function resealBatch(
  dataSource: DataSource,
  vault: Vault,
  { column: place, key, owner }: (typeof PLACES)[number],
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

function tableOf(column: SealedColumn): string {
  return column.slice(0, column.indexOf('.'));
}
