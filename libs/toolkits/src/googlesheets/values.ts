import { z } from 'zod';
import { functionTool, requestTool, type ToolSpec } from '../toolkit.js';
import { path, ToolFailure } from '../tool-runtime.js';
import {
  Cell,
  range,
  READ,
  readValues,
  sheetRange,
  SHEETS,
  spreadsheetId,
  valueInput,
  Values,
  values,
} from './fields.js';

const includeValues = z
  .boolean()
  .optional()
  .describe('Whether the answer tells the values as they then stand.');
const firstCell = z
  .string()
  .regex(/^[A-Z]{1,3}[1-9]\d*$/i, 'must look like A1')
  .optional()
  .describe('Cell of the upper left corner, such as A1; without it, the rows go below what is there.');

export const valueTools: ToolSpec[] = [
  requestTool({
    slug: 'GOOGLESHEETS_BATCH_GET',
    name: 'Batch get spreadsheet',
    description: 'Reads the values of several ranges of a spreadsheet in one call.',
    input: z.object({
      spreadsheet_id: spreadsheetId,
      ranges: z.array(range).optional().describe('Ranges in A1 notation; without them, the first sheet.'),
    }),
    output: z.object({ spreadsheet_data: z.looseObject({ valueRanges: z.array(Values).optional() }) }),
    tags: ['important', 'readOnlyHint'],
    scopes: READ,
    request: ({ spreadsheet_id, ranges }) => ({
      method: 'GET',
      url: path`/v4/spreadsheets/${spreadsheet_id}/values:batchGet`,
      // Google wants at least one; this one is the used part of the first sheet.
      query: { ranges: ranges?.length ? ranges : ['A:ZZZ'] },
    }),
    answer: (body) => ({ spreadsheet_data: body }),
  }),
  requestTool({
    slug: 'GOOGLESHEETS_VALUES_GET',
    name: 'Get spreadsheet values',
    description: 'Reads the values of one range of a spreadsheet.',
    input: z.object({
      spreadsheet_id: spreadsheetId,
      range,
      major_dimension: z
        .enum(['ROWS', 'COLUMNS'])
        .optional()
        .describe('Whether told row by row or column by column.'),
      value_render_option: z
        .enum(['FORMATTED_VALUE', 'UNFORMATTED_VALUE', 'FORMULA'])
        .optional()
        .describe('Values as shown, as they are, or their formulas.'),
    }),
    output: Values,
    tags: ['readOnlyHint'],
    scopes: READ,
    request: ({ spreadsheet_id, range: cells, major_dimension, value_render_option }) => ({
      method: 'GET',
      url: path`/v4/spreadsheets/${spreadsheet_id}/values/${cells}`,
      query: { majorDimension: major_dimension, valueRenderOption: value_render_option },
    }),
  }),
  requestTool({
    slug: 'GOOGLESHEETS_BATCH_UPDATE',
    name: 'Batch update spreadsheet',
    description: 'Writes rows of values into a sheet from a given cell on, or below what is already there.',
    input: z.object({
      spreadsheet_id: spreadsheetId,
      sheet_name: z.string().min(1).describe('Name of the sheet (tab).'),
      values,
      first_cell_location: firstCell,
      valueInputOption: valueInput.default('USER_ENTERED'),
      includeValuesInResponse: includeValues.default(false),
    }),
    output: z.object({ spreadsheet: z.looseObject({ spreadsheetId: z.string() }) }),
    tags: ['important', 'destructiveHint'],
    scopes: SHEETS,
    request: ({ spreadsheet_id, sheet_name, values: rows, first_cell_location, ...query }) => {
      const cells = sheetRange(sheet_name, first_cell_location);
      const body = { json: { majorDimension: 'ROWS', values: rows } };
      return first_cell_location
        ? { method: 'PUT', url: path`/v4/spreadsheets/${spreadsheet_id}/values/${cells}`, query, body }
        : {
            method: 'POST',
            url: path`/v4/spreadsheets/${spreadsheet_id}/values/${cells}:append`,
            query,
            body,
          };
    },
    answer: (spreadsheet) => ({ spreadsheet }),
  }),
  requestTool({
    slug: 'GOOGLESHEETS_VALUES_UPDATE',
    name: 'Update spreadsheet values',
    description: 'Writes values into one range of a spreadsheet.',
    input: z.object({
      spreadsheet_id: spreadsheetId,
      range,
      values,
      value_input_option: valueInput.default('USER_ENTERED'),
      major_dimension: z
        .enum(['ROWS', 'COLUMNS'])
        .default('ROWS')
        .describe('Whether values are rows or columns.'),
      include_values_in_response: includeValues,
    }),
    output: z.looseObject({ spreadsheetId: z.string(), updatedRange: z.string().optional() }),
    tags: ['destructiveHint', 'idempotentHint'],
    scopes: SHEETS,
    request: (given) => ({
      method: 'PUT',
      url: path`/v4/spreadsheets/${given.spreadsheet_id}/values/${given.range}`,
      query: {
        valueInputOption: given.value_input_option,
        includeValuesInResponse: given.include_values_in_response,
      },
      body: { json: { range: given.range, majorDimension: given.major_dimension, values: given.values } },
    }),
  }),
  requestTool({
    slug: 'GOOGLESHEETS_UPDATE_VALUES_BATCH',
    name: 'Update values in several ranges',
    description: 'Writes values into several ranges of a spreadsheet in one call.',
    input: z.object({
      spreadsheet_id: spreadsheetId,
      data: z
        .array(
          z.object({
            range,
            values,
            majorDimension: z
              .enum(['ROWS', 'COLUMNS'])
              .optional()
              .describe('Whether values are rows or columns.'),
          }),
        )
        .min(1)
        .describe('What goes where.'),
      valueInputOption: valueInput.default('USER_ENTERED'),
      includeValuesInResponse: includeValues,
    }),
    output: z.looseObject({ spreadsheetId: z.string(), totalUpdatedCells: z.number().optional() }),
    tags: ['destructiveHint', 'idempotentHint'],
    scopes: SHEETS,
    request: ({ spreadsheet_id, ...json }) => ({
      method: 'POST',
      url: path`/v4/spreadsheets/${spreadsheet_id}/values:batchUpdate`,
      body: { json },
    }),
  }),
  requestTool({
    slug: 'GOOGLESHEETS_SPREADSHEETS_VALUES_APPEND',
    name: 'Append values to spreadsheet',
    description: 'Adds rows below a table of a spreadsheet; where the table ends, Google finds out.',
    input: z.object({
      spreadsheetId,
      range: range.describe('Range in A1 notation in which the table lies, such as Sheet1!A1.'),
      values,
      valueInputOption: valueInput,
      insertDataOption: z
        .enum(['OVERWRITE', 'INSERT_ROWS'])
        .optional()
        .describe('Whether new rows are inserted, or the cells below are written over.'),
      majorDimension: z.enum(['ROWS', 'COLUMNS']).optional().describe('Whether values are rows or columns.'),
      includeValuesInResponse: includeValues,
      responseValueRenderOption: z
        .enum(['FORMATTED_VALUE', 'UNFORMATTED_VALUE', 'FORMULA'])
        .optional()
        .describe('How values are told in the answer.'),
      responseDateTimeRenderOption: z
        .enum(['SERIAL_NUMBER', 'FORMATTED_STRING'])
        .optional()
        .describe('How dates are told in the answer.'),
    }),
    output: z.looseObject({
      spreadsheetId: z.string(),
      tableRange: z.string().optional(),
      updates: z.looseObject({ updatedRange: z.string().optional() }).optional(),
    }),
    tags: ['important'],
    scopes: SHEETS,
    request: ({ spreadsheetId: id, range: cells, values: rows, majorDimension, ...query }) => ({
      method: 'POST',
      url: path`/v4/spreadsheets/${id}/values/${cells}:append`,
      query,
      body: { json: { range: cells, majorDimension, values: rows } },
    }),
  }),
  requestTool({
    slug: 'GOOGLESHEETS_CLEAR_VALUES',
    name: 'Clear spreadsheet values',
    description: 'Empties the cells of a range; their look stays.',
    input: z.object({ spreadsheet_id: spreadsheetId, range }),
    output: z.looseObject({ spreadsheetId: z.string(), clearedRange: z.string().optional() }),
    tags: ['destructiveHint', 'idempotentHint'],
    scopes: SHEETS,
    request: ({ spreadsheet_id, range: cells }) => ({
      method: 'POST',
      url: path`/v4/spreadsheets/${spreadsheet_id}/values/${cells}:clear`,
      body: { json: {} },
    }),
  }),
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
