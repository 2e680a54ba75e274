import { AppError } from '@patchbay/contracts';
import { z } from 'zod';
import { functionTool, type ToolSpec } from '../toolkit.js';
import type { Parse } from '../parsing/parse.js';
import { path, ToolFailure, type ToolHttp } from '../tool-runtime.js';
import { batchUpdate, READ, readSheets, sheetRange, SHEETS, spreadsheetId, Values } from './fields.js';
import type { SheetTable, SqlJob, SqlOutcome } from './sql/sheet-sql.js';

const Ranges = z.looseObject({ valueRanges: z.array(Values) });
const Column = z.object({ name: z.string(), column: z.string().describe('Its letters in the sheet.') });
const sqlOf = (what: string) =>
  z.string().min(1).describe(`${what} Sheets are the tables, the first row of each names its columns.`);

/** The sheets that a statement names, read as they are. */
async function readTables(
  http: ToolHttp,
  id: string,
  sql: string,
  rendered: 'UNFORMATTED_VALUE' | 'FORMULA',
): Promise<(SheetTable & { sheetId: number })[]> {
  const sheets = await readSheets(http, id);
  const named = sheets.filter(({ title }) => sql.toLowerCase().includes(title.toLowerCase()));
  if (named.length === 0) {
    const titles = sheets.map(({ title }) => `"${title}"`).join(', ');
    throw new ToolFailure(`The statement names none of the sheets, which are: ${titles}.`);
  }
  const { valueRanges } = Ranges.parse(
    await http.request({
      method: 'GET',
      url: path`/v4/spreadsheets/${id}/values:batchGet`,
      query: {
        ranges: named.map(({ title }) => sheetRange(title)),
        valueRenderOption: rendered,
      },
    }),
  );
  return named.flatMap(({ title, sheetId }, index) => {
    const [head = [], ...rows] = valueRanges[index]?.values ?? [];
    if (head.length === 0) return [];
    return [{ name: title, sheetId, columns: columnNames(head), rows }];
  });
}

/** @throws ToolFailure that says what is wrong with the statement */
async function runSql(parse: Parse, job: SqlJob): Promise<SqlOutcome> {
  const answer = await parse('sheets', job).catch((error: unknown) => {
    if (!(error instanceof AppError) || error.code !== 'invalid_request') throw error;
    throw new ToolFailure(`${error.message} Narrow it with WHERE or LIMIT.`);
  });
  if ('error' in answer) throw new ToolFailure(`The sheet cannot be asked that: ${answer.error}.`);
  return answer.outcome;
}

/** Headings as names that are there and differ, as those of a table must. */
function columnNames(head: readonly unknown[]): string[] {
  const seen = new Set<string>();
  return head.map((cell, index) => {
    const wanted = String(cell).trim() || letters(index);
    const name = seen.has(wanted.toLowerCase()) ? `${wanted} (${letters(index)})` : wanted;
    seen.add(name.toLowerCase());
    return name;
  });
}

/** 0 as A, 26 as AA. */
function letters(index: number): string {
  const rest = Math.floor(index / 26);
  return (rest > 0 ? letters(rest - 1) : '') + String.fromCharCode(65 + (index % 26));
}

const asRecords = (columns: readonly string[], rows: readonly unknown[][]) =>
  rows.map((row) => Object.fromEntries(columns.map((name, index) => [name, row[index] ?? null])));

export const tableTools: ToolSpec[] = [
  functionTool({
    slug: 'GOOGLESHEETS_QUERY_TABLE',
    name: 'Query table',
    description:
      'Asks sheets of a spreadsheet with an SQL SELECT in the dialect of SQLite: filters, joins, groups, sums and sorts rows without reading them all.',
    input: z.object({
      spreadsheet_id: spreadsheetId,
      sql: sqlOf('A SELECT, such as SELECT "Name", "Price" FROM "Orders" WHERE "Price" > 100.'),
      include_formulas: z.boolean().default(false).describe('Whether cells are their formulas, not values.'),
    }),
    output: z.object({
      rows: z.array(z.record(z.string(), z.unknown())),
      table_schema: z.array(z.object({ table: z.string(), columns: z.array(Column) })),
    }),
    tags: ['readOnlyHint'],
    scopes: READ,
    run: async ({ spreadsheet_id, sql, include_formulas }, { http, parse }) => {
      const tables = await readTables(
        http,
        spreadsheet_id,
        sql,
        include_formulas ? 'FORMULA' : 'UNFORMATTED_VALUE',
      );
      const { columns, rows, changes } = await runSql(parse, { tables, sql });
      if (
        changes.some(
          ({ deleted, inserted, updated }) => deleted.length + inserted.length + updated.length > 0,
        )
      )
        throw new ToolFailure('Only a SELECT is taken here; GOOGLESHEETS_EXECUTE_SQL changes rows.');
      return {
        rows: asRecords(columns, rows),
        table_schema: tables.map(({ name, columns: own }) => ({
          table: name,
          columns: own.map((column, index) => ({ name: column, column: letters(index) })),
        })),
      };
    },
  }),
  functionTool({
    slug: 'GOOGLESHEETS_EXECUTE_SQL',
    name: 'Execute SQL',
    description:
      'Runs one SQL statement on sheets of a spreadsheet: SELECT, or INSERT, UPDATE or DELETE of rows, which is written back. Only cells that change are written.',
    input: z.object({
      spreadsheet_id: spreadsheetId,
      sql: sqlOf('One statement, such as UPDATE "Orders" SET "State" = \'paid\' WHERE "No" = 7.'),
      delete_method: z
        .enum(['clear', 'remove_rows'])
        .default('clear')
        .describe('Whether deleted rows are emptied or taken out, so that those below move up.'),
      dry_run: z.boolean().default(false).describe('Whether it is only told what would change.'),
    }),
    output: z.object({
      rows: z.array(z.record(z.string(), z.unknown())),
      updated_cells: z.int(),
      inserted_rows: z.int(),
      deleted_rows: z.int(),
      dry_run: z.boolean(),
    }),
    tags: ['destructiveHint'],
    scopes: SHEETS,
    run: async ({ spreadsheet_id: id, sql, delete_method, dry_run }, { http, parse }) => {
      const tables = await readTables(http, id, sql, 'UNFORMATTED_VALUE');
      const { columns, rows, changes } = await runSql(parse, { tables, sql });
      const post = (url: string, json: object, query: Record<string, unknown> = {}) =>
        http.request({ method: 'POST', url, query, body: { json } });
      for (const { table, deleted, inserted, updated } of dry_run ? [] : changes) {
        const values = path`/v4/spreadsheets/${id}/values`;
        if (updated.length > 0) {
          const data = updated.map(({ row, column, value }) => ({
            range: sheetRange(table, `${letters(column)}${row}`),
            values: [[value ?? '']],
          }));
          await post(`${values}:batchUpdate`, { valueInputOption: 'USER_ENTERED', data });
        }
        if (inserted.length > 0) {
          await post(
            path`/v4/spreadsheets/${id}/values/${sheetRange(table)}:append`,
            { values: inserted.map((row) => row.map((value) => value ?? '')) },
            { valueInputOption: 'USER_ENTERED', insertDataOption: 'INSERT_ROWS' },
          );
        }
        if (deleted.length > 0 && delete_method === 'clear') {
          await post(`${values}:batchClear`, {
            ranges: deleted.map((row) => sheetRange(table, `${row}:${row}`)),
          });
        } else if (deleted.length > 0) {
          const sheetId = tables.find(({ name }) => name === table)?.sheetId;
          // From the last up: each one that goes moves those below it.
          const requests = deleted.toReversed().map((row) => ({
            deleteDimension: { range: { sheetId, dimension: 'ROWS', startIndex: row - 1, endIndex: row } },
          }));
          await http.request(batchUpdate(id, requests));
        }
      }
      const count = (of: (change: (typeof changes)[number]) => number) =>
        changes.reduce((sum, change) => sum + of(change), 0);
      return {
        rows: asRecords(columns, rows),
        updated_cells: count(({ updated }) => updated.length),
        inserted_rows: count(({ inserted }) => inserted.length),
        deleted_rows: count(({ deleted }) => deleted.length),
        dry_run,
      };
    },
  }),
];
