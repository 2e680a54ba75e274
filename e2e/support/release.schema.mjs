import { runSql } from '@patchbay/testing';

/**
 * What a version's code may rely on in a database, by `schema.table`.
 * @typedef {object} Table
 * @property {Record<string, { type: string, isNullable: boolean, hasDefault: boolean }>} columns
 * @property {string[]} unique the columns of each key and unique index, which an ON CONFLICT names
 * @property {true} [isView]
 */

/**
 * @param {string} databaseUrl
 * @param {readonly string[]} schemas
 * @returns {Promise<Record<string, Table>>}
 */
export async function readSchema(databaseUrl, schemas) {
  const list = schemas.map((schema) => `'${schema}'`).join(', ');
  const columns = await runSql(
    databaseUrl,
    `SELECT nspname || '.' || relname AS table, attname AS column, format_type(atttypid, atttypmod) AS type,
       relkind = 'v' AS "isView", NOT attnotnull AS nullable, atthasdef OR attidentity <> '' AS "hasDefault"
     FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid JOIN pg_namespace ON pg_namespace.oid = relnamespace
     WHERE nspname IN (${list}) AND relkind IN ('r', 'p', 'v') AND NOT relispartition AND attnum > 0
       AND NOT attisdropped AND relname <> 'migrations'
     ORDER BY 1, 2`,
  );
  const indexes = await runSql(
    databaseUrl,
    `SELECT nspname || '.' || relname AS table, regexp_replace(pg_get_indexdef(indexrelid), '^.* USING ', '') AS index
     FROM pg_index JOIN pg_class ON pg_class.oid = indrelid JOIN pg_namespace ON pg_namespace.oid = relnamespace
     WHERE nspname IN (${list}) AND indisunique AND NOT relispartition AND relname <> 'migrations'
     ORDER BY 1, 2`,
  );
  /** @type {Record<string, Table>} */
  const tables = {};
  for (const { table, column, type, nullable, hasDefault, isView } of columns) {
    tables[table] ??= { columns: {}, unique: [], ...(isView && { isView }) };
    tables[table].columns[column] = { type, isNullable: nullable, hasDefault };
  }
  for (const { table, index } of indexes) tables[table]?.unique.push(index);
  return tables;
}

/**
 * What stops the code of a release from living with a newer schema, as it must while both run and after a way back.
 * @param {Record<string, Table>} release
 * @param {Record<string, Table>} now
 * @returns {string[]}
 */
export function brokenFor(release, now) {
  return Object.entries(release).flatMap(([name, table]) => {
    const there = now[name];
    if (!there) return [`${name} is gone`];
    return [...brokenColumns(name, table, there), ...brokenKeys(name, table, there)];
  });
}

function brokenColumns(name, { columns }, there) {
  const changed = Object.entries(columns).flatMap(([column, { type, isNullable }]) => {
    const found = there.columns[column];
    if (!found) return [`${name}.${column} is gone`];
    if (found.type !== type) return [`${name}.${column} was ${type} and is ${found.type}`];
    return isNullable && !found.isNullable ? [`${name}.${column} may not be null any more`] : [];
  });
  const demanded = Object.entries(there.columns)
    .filter(([column, { isNullable, hasDefault }]) => !columns[column] && !isNullable && !hasDefault)
    .map(([column]) => `${name}.${column} is new, and no insert of the release has a value for it`);
  return [...changed, ...demanded];
}

/** A key that is gone breaks an ON CONFLICT, and a new one may refuse what the release writes. */
function brokenKeys(name, { unique }, there) {
  // A view in the place of a renamed table has the names of its columns; the keys are those of what it shows.
  if (there.isView) return [];
  return [
    ...unique.filter((key) => !there.unique.includes(key)).map((key) => `${name} has no key ${key} any more`),
    ...there.unique.filter((key) => !unique.includes(key)).map((key) => `${name} has a new key ${key}`),
  ];
}
