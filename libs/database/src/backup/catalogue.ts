import { quoted, type Session } from './session.js';

/* What a service's schema consists of, from Postgres itself: a new table is in the next backup without being named. */

export interface CataloguedTable {
  name: string;
  columns: string[];
  partitions: { name: string; bounds: string }[];
}

/** The schemas that are a service's: with migrations and an outbox. */
export async function schemasOf(session: Session): Promise<string[]> {
  const rows = await session.rows<{ name: string }>(
    `SELECT nspname AS name FROM pg_namespace
     WHERE to_regclass(format('%I.migrations', nspname)) IS NOT NULL
       AND to_regclass(format('%I.outbox', nspname)) IS NOT NULL
     ORDER BY nspname`,
  );
  return rows.map(({ name }) => name);
}

/** The tables with their data, each behind those that it refers to. What is migrated is told apart from what is kept. */
export async function tablesOf(session: Session, schema: string): Promise<CataloguedTable[]> {
  const tables = await session.rows<CataloguedTable>(
    `SELECT c.relname AS name,
       (SELECT array_agg(attname::text ORDER BY attnum) FROM pg_attribute
         WHERE attrelid = c.oid AND attnum > 0 AND NOT attisdropped AND attgenerated = '') AS columns,
       coalesce((SELECT json_agg(json_build_object('name', p.relname, 'bounds', pg_get_expr(p.relpartbound, p.oid))
           ORDER BY p.relname)
         FROM pg_inherits JOIN pg_class p ON p.oid = inhrelid WHERE inhparent = c.oid), '[]') AS partitions
     FROM pg_class c
     WHERE c.relnamespace = to_regnamespace($1) AND c.relkind IN ('r', 'p') AND NOT c.relispartition
       AND c.relname <> 'migrations'
     ORDER BY c.relname`,
    [quoted(schema)],
  );
  const references = await session.rows<{ from: string; to: string }>(
    `SELECT DISTINCT a.relname AS from, b.relname AS to
     FROM pg_constraint k JOIN pg_class a ON a.oid = k.conrelid JOIN pg_class b ON b.oid = k.confrelid
     WHERE k.contype = 'f' AND a.relnamespace = to_regnamespace($1) AND a.oid <> b.oid`,
    [quoted(schema)],
  );
  return inOrder(tables, references);
}

export async function migrationsOf(session: Session, schema: string): Promise<string[]> {
  const rows = await session.rows<{ name: string }>(
    `SELECT name FROM ${quoted(schema, 'migrations')} ORDER BY id`,
  );
  return rows.map(({ name }) => name);
}

/** @returns those that were used */
export function sequencesOf(
  session: Session,
  schema: string,
): Promise<{ name: string; lastValue: string }[]> {
  return session.rows(
    `SELECT sequencename AS name, last_value::text AS "lastValue" FROM pg_sequences
     WHERE schemaname = $1 AND last_value IS NOT NULL AND sequencename <> 'migrations_id_seq' ORDER BY 1`,
    [schema],
  );
}

/** By which encryption keys values are sealed: columns of such values are called so, and their form is `v2.<key>.…`. */
export async function keyIdsIn(
  session: Session,
  schema: string,
  tables: readonly CataloguedTable[],
): Promise<string[]> {
  const selects = tables.flatMap(({ name, columns }) =>
    columns
      .filter((column) => column.startsWith('sealed_'))
      .map(
        (column) =>
          `SELECT split_part(${quoted(column)}, '.', 2) AS id FROM ${quoted(schema, name)} WHERE ${quoted(column)} IS NOT NULL`,
      ),
  );
  if (selects.length === 0) return [];
  const rows = await session.rows<{ id: string }>(`${selects.join(' UNION ')} ORDER BY id`);
  return rows.map(({ id }) => id);
}

function inOrder(
  tables: readonly CataloguedTable[],
  references: readonly { from: string; to: string }[],
): CataloguedTable[] {
  const ordered: CataloguedTable[] = [];
  const left = new Map(tables.map((table) => [table.name, table]));
  while (left.size > 0) {
    const free = [...left.values()].filter(
      ({ name }) => !references.some(({ from, to }) => from === name && left.has(to)),
    );
    if (free.length === 0)
      throw new Error(`Tables refer to each other in a circle: ${[...left.keys()].join(', ')}`);
    for (const table of free) left.delete(table.name);
    ordered.push(...free);
  }
  return ordered;
}
