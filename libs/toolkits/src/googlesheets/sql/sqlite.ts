import initSqlJs, { type Database, type SqlJsStatic, type SqlValue, type Statement } from 'sql.js';
import type { SheetCell, SheetTable, SqlAnswer, SqlJob, SqlOutcome } from './sheet-sql.js';

/** Far over what a sheet holds, and far under what would hurt the process. */
const MAX_HEAP_BYTES = 128 * 1024 * 1024;
const MAX_ROWS = 10_000;

const quoted = (name: string) => `"${name.replaceAll('"', '""')}"`;

function load(db: Database, { name, columns, rows }: SheetTable): void {
  db.run(`CREATE TABLE ${quoted(name)} (${columns.map(quoted).join(', ')})`);
  const places = ['?', ...columns.map(() => '?')].join(', ');
  const insert = db.prepare(
    `INSERT INTO ${quoted(name)} (rowid, ${columns.map(quoted).join(', ')}) VALUES (${places})`,
  );
  // A row's id is its number in the sheet, below the headings.
  for (const [index, row] of rows.entries()) {
    insert.run([index + 2, ...columns.map((_, column) => toSql(row[column]))]);
  }
  insert.free();
}

function toSql(cell: unknown): SqlValue {
  if (typeof cell === 'string') return cell === '' ? null : cell;
  if (typeof cell === 'boolean') return cell ? 'TRUE' : 'FALSE';
  return typeof cell === 'number' ? cell : null;
}

function toCell(value: SqlValue): SheetCell {
  return value instanceof Uint8Array ? new TextDecoder().decode(value) : value;
}

function rowsOf(db: Database, { name, columns }: SheetTable): Map<number, SheetCell[]> {
  const [found] = db.exec(
    `SELECT rowid, ${columns.map(quoted).join(', ')} FROM ${quoted(name)} ORDER BY rowid`,
  );
  return new Map((found?.values ?? []).map(([id, ...values]) => [Number(id), values.map(toCell)]));
}

/** One for each job: what an interrupted one held is gone with it. */
export function openSqlite(): Promise<SqlJsStatic> {
  return initSqlJs();
}

/** One statement over sheets, and what it changed of them. */
export function runSql(sqlite: SqlJsStatic, { tables, sql }: SqlJob): SqlAnswer {
  const db = new sqlite.Database();
  try {
    db.run(`PRAGMA hard_heap_limit = ${MAX_HEAP_BYTES}`);
    for (const table of tables) load(db, table);
    return { outcome: execute(db, { tables, sql }) };
  } catch (error) {
    return { error: error instanceof Error ? error.message : String(error) };
  } finally {
    db.close();
  }
}

function execute(db: Database, { tables, sql }: SqlJob): SqlOutcome {
  const before = tables.map((table) => rowsOf(db, table));
  const statements = db.iterateStatements(sql)[Symbol.iterator]();
  const { value: statement } = statements.next() as IteratorResult<Statement, undefined>;
  if (!statement) throw new Error('there is no statement in it');
  const columns = statement.getColumnNames();
  const rows: SheetCell[][] = [];
  while (statement.step()) {
    if (rows.length >= MAX_ROWS) throw new Error(`more than ${MAX_ROWS} rows: add a LIMIT`);
    if (columns.length > 0) rows.push(statement.get().map(toCell));
  }
  // The next one can only be seen once this one is done; nothing is written back of either.
  if (!statements.next().done) throw new Error('it is more than one statement');
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
