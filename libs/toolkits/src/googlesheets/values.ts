import { z } from 'zod';
import { requestTool, type ToolSpec } from '../toolkit.js';
import { path } from '../tool-runtime.js';
import { range, READ, sheetRange, SHEETS, spreadsheetId, valueInput, Values, values } from './fields.js';

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
    covers: ['GET /v4/spreadsheets/{spreadsheetId}/values:batchGet'],
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
    covers: ['GET /v4/spreadsheets/{spreadsheetId}/values/{range}'],
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
    covers: ['POST /v4/spreadsheets/{spreadsheetId}/values:batchUpdate'],
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
];
