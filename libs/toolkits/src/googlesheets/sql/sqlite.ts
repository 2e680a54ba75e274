import initSqlite, { type Database, type Sqlite3Static, type SqlValue } from '@sqlite.org/sqlite-wasm';
import type { SheetCell, SheetTable, SqlAnswer, SqlJob, SqlOutcome } from './sheet-sql.js';

/** Far over what a sheet holds, and far under what would hurt the process. */
const MAX_HEAP_BYTES = 128 * 1024 * 1024;
const MAX_ROWS = 10_000;
/** What the library puts before SQLite's own words. */
const RESULT_CODE = /^SQLITE_\w+: sqlite3 result code \d+: /;

const quoted = (name: string) => `"${name.replaceAll('"', '""')}"`;

function load(db: Database, { name, columns, rows }: SheetTable): void {
  db.exec(`CREATE TABLE ${quoted(name)} (${columns.map(quoted).join(', ')})`);
  const places = ['?', ...columns.map(() => '?')].join(', ');
  const insert = db.prepare(
    `INSERT INTO ${quoted(name)} (rowid, ${columns.map(quoted).join(', ')}) VALUES (${places})`,
  );
  // A row's id is its number in the sheet, below the headings.
  for (const [index, row] of rows.entries()) {
    insert.bind([index + 2, ...columns.map((_, column) => toSql(row[column]))]).stepReset();
  }
  insert.finalize();
}

function toSql(cell: unknown): SqlValue {
  if (typeof cell === 'string') return cell === '' ? null : cell;
  if (typeof cell === 'boolean') return cell ? 'TRUE' : 'FALSE';
  return typeof cell === 'number' ? cell : null;
}

function toCell(value: SqlValue): SheetCell {
  if (typeof value === 'bigint') return Number(value);
  return typeof value === 'object' && value !== null ? new TextDecoder().decode(value) : value;
}

function rowsOf(db: Database, { name, columns }: SheetTable): Map<number, SheetCell[]> {
  const found = db.selectArrays(
    `SELECT rowid, ${columns.map(quoted).join(', ')} FROM ${quoted(name)} ORDER BY rowid`,
  );
  return new Map(found.map(([id, ...values]) => [Number(id), values.map(toCell)]));
}

/** One for each job: what an interrupted one held is gone with it. It has no file system: no statement reaches a file. */
export async function openSqlite(): Promise<Sqlite3Static> {
  const sqlite = await initSqlite();
  // It would print statements that fail, with what a user wrote in them.
  sqlite.config.warn = () => undefined;
  return sqlite;
}

/** One statement over sheets, and what it changed of them. */
export function runSql(sqlite: Sqlite3Static, { tables, sql }: SqlJob): SqlAnswer {
  const db = new sqlite.oo1.DB(':memory:');
  try {
    db.exec(`PRAGMA hard_heap_limit = ${MAX_HEAP_BYTES}`);
    for (const table of tables) load(db, table);
    return { outcome: execute(db, { tables, sql }) };
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return { error: message.replace(RESULT_CODE, '') };
  } finally {
    db.close();
  }
}

function execute(db: Database, { tables, sql }: SqlJob): SqlOutcome {
  const before = tables.map((table) => rowsOf(db, table));
  const statements: string[] = [];
  const columns: string[] = [];
  const rows: SheetCell[][] = [];
  const take = (row: SqlValue[]) => {
    if (rows.length >= MAX_ROWS) throw new Error(`more than ${MAX_ROWS} rows: add a LIMIT`);
    rows.push(row.map(toCell));
  };
  if (sql !== '') {
    db.exec({ sql, rowMode: 'array', columnNames: columns, saveSql: statements, callback: take });
  }
  if (statements.length === 0) throw new Error('there is no statement in it');
  // A second one is only seen once it has run; nothing is written back of either.
  if (statements.length > 1) throw new Error('it is more than one statement');
  const changes = tables.map((table, index) => {
    const after = rowsOf(db, table);
    const was = before[index] ?? new Map<number, SheetCell[]>();
    return {
      table: table.name,
      deleted: [...was.keys()].filter((id) => !after.has(id)),
      inserted: [...after].filter(([id]) => !was.has(id)).map(([, values]) => values),
      updated: [...after].flatMap(([row, values]) =>
        values.flatMap((value, column) => {
          const old = was.get(row);
          return old && old[column] !== value ? [{ row, column, value }] : [];
        }),
      ),
    };
  });
  return { columns, rows, changes };
}
