import { z } from 'zod';
import { searchInDrive } from '../google-search.js';
import { functionTool, requestTool, type ToolSpec } from '../toolkit.js';
import { path } from '../tool-runtime.js';
import { batchUpdate, Cell, READ, Replies, sheetId, sheetRange, SHEETS, spreadsheetId } from './fields.js';

const Spreadsheet = z.looseObject({
  spreadsheetId: z.string(),
  spreadsheetUrl: z.string().optional(),
  sheets: z.array(z.looseObject({})).optional(),
});
const Wrapped = z.object({ response_data: Spreadsheet });
const title = z.string().min(1).describe('Title of the spreadsheet.');
const shade = (name: string) =>
  z.number().min(0).max(1).default(0.9).describe(`${name} in the background, 0 to 1.`);
const index = (what: string) => z.int().min(0).describe(`${what}, counted from 0.`);
const insertion = {
  insert_index: z.int().min(0).default(0).describe('Before which it goes, counted from 0.'),
  inherit_from_before: z.boolean().default(false).describe('Whether it looks like the one before it.'),
};

function insertTool(slug: string, name: string, dimension: 'ROWS' | 'COLUMNS', thing: string): ToolSpec {
  return requestTool({
    slug,
    name,
    description: `Inserts an empty ${thing} into a sheet and moves on what comes after it.`,
    input: z.object({ spreadsheet_id: spreadsheetId, sheet_id: sheetId, ...insertion }),
    output: z.object({ spreadsheet: Replies }),
    tags: [],
    scopes: SHEETS,
    request: ({ spreadsheet_id, sheet_id, insert_index, inherit_from_before }) =>
      batchUpdate(spreadsheet_id, [
        {
          insertDimension: {
            range: { sheetId: sheet_id, dimension, startIndex: insert_index, endIndex: insert_index + 1 },
            inheritFromBefore: inherit_from_before,
          },
        },
      ]),
    answer: (spreadsheet) => ({ spreadsheet }),
  });
}

export const sheetTools: ToolSpec[] = [
  requestTool({
    slug: 'GOOGLESHEETS_CREATE_GOOGLE_SHEET1',
    name: 'Create a Google Sheet',
    description: 'Makes a new, empty spreadsheet.',
    input: z.object({ title }),
    output: Wrapped,
    covers: ['POST /v4/spreadsheets'],
    tags: ['important'],
    scopes: SHEETS,
    request: (properties) => ({ method: 'POST', url: '/v4/spreadsheets', body: { json: { properties } } }),
    answer: (body) => ({ response_data: body }),
  }),
  requestTool({
    slug: 'GOOGLESHEETS_GET_SPREADSHEET_INFO',
    name: 'Get spreadsheet info',
    description: 'Tells the title of a spreadsheet and its sheets with their numbers, names and sizes.',
    input: z.object({ spreadsheet_id: spreadsheetId }),
    output: Wrapped,
    covers: ['GET /v4/spreadsheets/{spreadsheetId}'],
    tags: ['important', 'readOnlyHint'],
    scopes: READ,
    request: ({ spreadsheet_id }) => ({ method: 'GET', url: path`/v4/spreadsheets/${spreadsheet_id}` }),
    answer: (body) => ({ response_data: body }),
  }),
  requestTool({
    slug: 'GOOGLESHEETS_GET_SHEET_NAMES',
    name: 'Get sheet names',
    description: 'Lists the names of the sheets (tabs) of a spreadsheet, from left to right.',
    input: z.object({ spreadsheet_id: spreadsheetId }),
    output: z.object({ sheet_names: z.array(z.string()) }),
    tags: ['readOnlyHint'],
    scopes: READ,
    request: ({ spreadsheet_id }) => ({
      method: 'GET',
      url: path`/v4/spreadsheets/${spreadsheet_id}`,
      query: { fields: 'sheets.properties.title' },
    }),
    answer: (body) => {
      const Named = z.object({ properties: z.object({ title: z.string() }) });
      const { sheets } = z.object({ sheets: z.array(Named).default([]) }).parse(body);
      return { sheet_names: sheets.map(({ properties }) => properties.title) };
    },
  }),
  searchInDrive({
    slug: 'GOOGLESHEETS_SEARCH_SPREADSHEETS',
    name: 'Search spreadsheets',
    things: 'spreadsheets',
    mimeType: 'application/vnd.google-apps.spreadsheet',
  }),
  functionTool({
    slug: 'GOOGLESHEETS_SHEET_FROM_JSON',
    name: 'Create sheet from JSON',
    description: 'Makes a new spreadsheet out of a list of objects: their keys become the columns.',
    input: z.object({
      title,
      sheet_name: z.string().min(1).describe('Name of its sheet.'),
      sheet_json: z.array(z.record(z.string(), Cell.nullable())).min(1).describe('The rows, as objects.'),
    }),
    output: Wrapped,
    tags: [],
    scopes: SHEETS,
    run: async ({ title: name, sheet_name, sheet_json }, { http }) => {
      const created = Spreadsheet.parse(
        await http.request({
          method: 'POST',
          url: '/v4/spreadsheets',
          body: { json: { properties: { title: name }, sheets: [{ properties: { title: sheet_name } }] } },
        }),
      );
      const columns = [...new Set(sheet_json.flatMap(Object.keys))];
      const rows = sheet_json.map((row) => columns.map((column) => row[column] ?? ''));
      await http.request({
        method: 'PUT',
        url: path`/v4/spreadsheets/${created.spreadsheetId}/values/${sheetRange(sheet_name, 'A1')}`,
        query: { valueInputOption: 'RAW' },
        body: { json: { majorDimension: 'ROWS', values: [columns, ...rows] } },
      });
      return { response_data: created };
    },
  }),
  requestTool({
    slug: 'GOOGLESHEETS_ADD_SHEET',
    name: 'Add sheet to spreadsheet',
    description: 'Adds a sheet (tab) to a spreadsheet.',
    input: z.object({
      spreadsheetId,
      properties: z
        .looseObject({
          title: z.string().optional().describe('Name of the sheet.'),
          index: z.int().min(0).optional().describe('Place among the sheets, from 0.'),
        })
        .optional()
        .describe("What it is like, in Google's own words: title, index, gridProperties …"),
      includeSpreadsheetInResponse: z
        .boolean()
        .default(false)
        .describe('Whether the answer tells the spreadsheet.'),
      responseIncludeGridData: z
        .boolean()
        .default(false)
        .describe('Whether the answer then tells its cells too.'),
    }),
    output: Replies,
    tags: [],
    scopes: SHEETS,
    request: ({ spreadsheetId: id, properties = {}, ...rest }) =>
      batchUpdate(id, [{ addSheet: { properties } }], rest),
  }),
  requestTool({
    slug: 'GOOGLESHEETS_DELETE_SHEET',
    name: 'Delete sheet',
    description: 'Deletes a sheet (tab) and all that is on it.',
    input: z.object({ spreadsheetId, sheet_id: sheetId }),
    output: Replies,
    tags: ['destructiveHint', 'idempotentHint'],
    scopes: SHEETS,
    request: ({ spreadsheetId: id, sheet_id }) => batchUpdate(id, [{ deleteSheet: { sheetId: sheet_id } }]),
  }),
  insertTool('GOOGLESHEETS_CREATE_SPREADSHEET_ROW', 'Create spreadsheet row', 'ROWS', 'row'),
  insertTool('GOOGLESHEETS_CREATE_SPREADSHEET_COLUMN', 'Create spreadsheet column', 'COLUMNS', 'column'),
  requestTool({
    slug: 'GOOGLESHEETS_FORMAT_CELL',
    name: 'Format cell',
    description: 'Sets the look of a range of cells: background, size, bold, italic, underlined.',
    input: z.object({
      spreadsheet_id: spreadsheetId,
      worksheet_id: sheetId,
      start_row_index: index('First row'),
      end_row_index: index('Row after the last'),
      start_column_index: index('First column'),
      end_column_index: index('Column after the last'),
      red: shade('Red'),
      green: shade('Green'),
      blue: shade('Blue'),
      fontSize: z.int().min(1).max(400).default(10).describe('Size of the text in points.'),
      bold: z.boolean().default(false).describe('Whether bold.'),
      italic: z.boolean().default(false).describe('Whether italic.'),
      underline: z.boolean().default(false).describe('Whether underlined.'),
      strikethrough: z.boolean().default(false).describe('Whether struck through.'),
    }),
    output: Replies,
    tags: ['idempotentHint'],
    scopes: SHEETS,
    request: (given) =>
      batchUpdate(given.spreadsheet_id, [
        {
          repeatCell: {
            range: {
              sheetId: given.worksheet_id,
              startRowIndex: given.start_row_index,
              endRowIndex: given.end_row_index,
              startColumnIndex: given.start_column_index,
              endColumnIndex: given.end_column_index,
            },
            cell: {
              userEnteredFormat: {
                backgroundColor: { red: given.red, green: given.green, blue: given.blue },
                textFormat: {
                  fontSize: given.fontSize,
                  bold: given.bold,
                  italic: given.italic,
                  underline: given.underline,
                  strikethrough: given.strikethrough,
                },
              },
            },
            fields: 'userEnteredFormat(backgroundColor,textFormat)',
          },
        },
      ]),
  }),
];
