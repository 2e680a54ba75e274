import { z } from 'zod';
import { functionTool, type ToolSpec } from '../toolkit.js';
import { path, ToolFailure } from '../tool-runtime.js';
import { Cell, range, READ, readValues, sheetRange, SHEETS, spreadsheetId } from './fields.js';

export const rowTools: ToolSpec[] = [
  functionTool({
    slug: 'GOOGLESHEETS_LOOKUP_SPREADSHEET_ROW',
    name: 'Look up spreadsheet row',
    description: 'Finds the first row that has a cell of exactly this text.',
    input: z.object({
      spreadsheet_id: spreadsheetId,
      query: z.string().describe('Text of the cell, as shown.'),
      case_sensitive: z.boolean().default(false).describe('Whether upper and lower case differ.'),
      range: range.optional().describe('Where to look, in A1 notation; without it, the first sheet.'),
    }),
    output: z.object({
      row_data: z
        .object({
          row_number: z.int().describe('Counted within the range, from 1.'),
          values: z.array(z.unknown()),
        })
        .nullable(),
    }),
    tags: ['readOnlyHint'],
    scopes: READ,
    run: async ({ spreadsheet_id, query, case_sensitive, range: cells = 'A:ZZZ' }, { http }) => {
      const fold = (text: string) => (case_sensitive ? text : text.toLowerCase());
      const rows = await readValues(http, spreadsheet_id, cells);
      const index = rows.findIndex((row) => row.some((cell) => fold(String(cell)) === fold(query)));
      return { row_data: index < 0 ? null : { row_number: index + 1, values: rows[index] ?? [] } };
    },
  }),
  functionTool({
    slug: 'GOOGLESHEETS_UPSERT_ROWS',
    name: 'Upsert rows',
    description:
      'Writes rows by a key column: those whose key is there already are changed in their place, the others added below. The first row holds the names of the columns.',
    input: z.object({
      spreadsheetId,
      sheetName: z.string().min(1).describe('Name of the sheet (tab).'),
      keyColumn: z
        .string()
        .optional()
        .describe('Name of the column that tells rows apart; without it, the first.'),
      headers: z
        .array(z.string())
        .optional()
        .describe('Names of the columns of rows that are lists; without them, those of the sheet.'),
      rows: z
        .array(z.union([z.array(Cell), z.record(z.string(), Cell)]))
        .min(1)
        .describe('Rows: lists in the order of the columns, or objects by column name.'),
    }),
    output: z.object({ updated: z.int(), appended: z.int() }),
    tags: ['important', 'destructiveHint', 'idempotentHint'],
    scopes: SHEETS,
    run: async ({ spreadsheetId: id, sheetName, keyColumn, headers: given, rows }, { http }) => {
      const [first, ...present] = await readValues(http, id, sheetRange(sheetName));
      const headers = (first ?? given ?? []).map(String);
      const names = given ?? headers;
      const key = headers.indexOf(keyColumn ?? headers[0] ?? '');
      if (key < 0) throw new ToolFailure(`The sheet ${sheetName} has no column ${keyColumn ?? 'at all'}.`);
      const records = rows.map((row) =>
        Array.isArray(row) ? Object.fromEntries(row.map((cell, index) => [names[index] ?? '', cell])) : row,
      );
      const unknown = records.flatMap(Object.keys).find((name) => !headers.includes(name));
      if (unknown !== undefined)
        throw new ToolFailure(`The sheet ${sheetName} has no column ${unknown || 'that far right'}.`);
      const data: { range: string; values: unknown[][] }[] = [];
      const added: unknown[][] = [];
      for (const record of records) {
        const wanted = String(record[headers[key] ?? '']);
        const at = present.findIndex((row) => String(row[key]) === wanted);
        const merged = headers.map((name, index) => record[name] ?? present[at]?.[index] ?? '');
        if (at < 0) added.push(merged);
        else data.push({ range: sheetRange(sheetName, `A${at + 2}`), values: [merged] });
      }
      if (data.length > 0) {
        const url = path`/v4/spreadsheets/${id}/values:batchUpdate`;
        await http.request({
          method: 'POST',
          url,
          body: { json: { valueInputOption: 'USER_ENTERED', data } },
        });
      }
      const rowsBelow = first ? added : [headers, ...added];
      if (added.length > 0) {
        await http.request({
          method: 'POST',
          url: path`/v4/spreadsheets/${id}/values/${sheetRange(sheetName)}:append`,
          query: { valueInputOption: 'USER_ENTERED', insertDataOption: 'INSERT_ROWS' },
          body: { json: { values: rowsBelow } },
        });
      }
      return { updated: data.length, appended: added.length };
    },
  }),
];
