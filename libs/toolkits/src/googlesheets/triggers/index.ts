import { z } from 'zod';
import { googleScopes } from '../../google.js';
import { driveFiles, filePayload, READ as READ_DRIVE } from '../../googledrive/triggers/files.js';
import { path } from '../../tool-runtime.js';
import { triggerType, type TriggerSpec } from '../../trigger.js';
import { changes } from '../../triggers/changes.js';
import { readCursor } from '../../triggers/cursor.js';

const READ = googleScopes('spreadsheets.readonly');
const spreadsheet = z.string().min(1).describe('Id of the spreadsheet.');
const Values = z.looseObject({ values: z.array(z.array(z.unknown())).optional() });
const Sheets = z.looseObject({
  sheets: z.array(z.looseObject({ properties: z.looseObject({ sheetId: z.number(), title: z.string() }) })),
});
const Rows = z.object({ row: z.number() });

/** A sheet's name as it stands in A1 notation. */
const inA1 = (sheet: string) => `'${sheet.replaceAll("'", "''")}'`;

const newRows = triggerType({
  slug: 'GOOGLESHEETS_NEW_ROWS_TRIGGER',
  name: 'New rows',
  description: 'Rows are written below the last one of a sheet.',
  scopes: READ,
  config: z.object({
    spreadsheet_id: spreadsheet,
    sheet_name: z.string().min(1).default('Sheet1').describe('Name of the sheet.'),
    start_row: z.int().min(1).default(2).describe('The first row that counts: 2 below a heading.'),
  }),
  payload: z.object({
    spreadsheet_id: z.string().describe('Id of the spreadsheet.'),
    sheet_name: z.string().describe('Name of the sheet.'),
    row_number: z.int().describe('Number of the row, from 1.'),
    row_data: z.array(z.unknown()).describe('Its cells.'),
    detected_at: z.string().describe('When it was found, ISO 8601.'),
  }),
  async poll({ config: { spreadsheet_id, sheet_name, start_row }, cursor, limit, runtime }) {
    const known = readCursor(Rows, cursor);
    const from = Math.max(known ? known.row + 1 : start_row, start_row);
    const url = path`/v4/spreadsheets/${spreadsheet_id}/values/${`${inA1(sheet_name)}!A${from}:ZZZ`}`;
    const { values = [] } = Values.parse(await runtime.http.request({ method: 'GET', url }));
    const last = from + values.length - 1;
    if (!known) return { events: [], cursor: { row: last } };
    const taken = values.slice(0, limit);
    const detected_at = runtime.now().toISOString();
    const events = taken.flatMap((row_data, index) => {
      const row_number = from + index;
      if (row_data.length === 0) return [];
      return [
        {
          id: `row-${row_number}`,
          payload: { spreadsheet_id, sheet_name, row_number, row_data, detected_at },
        },
      ];
    });
    return { events, cursor: { row: from + taken.length - 1 }, more: taken.length < values.length };
  },
});

const rangeChanged = triggerType({
  slug: 'GOOGLESHEETS_CELL_RANGE_VALUES_CHANGED_TRIGGER',
  aliases: ['GOOGLESHEETS_CELL_RANGE_VALUES_CHANGED'],
  name: 'Values of a range changed',
  description: 'The values of a range of cells are not what they were.',
  scopes: READ,
  config: z.object({
    spreadsheet_id: spreadsheet,
    range: z.string().min(1).describe('In A1 notation, such as Sheet1!A1:C10.'),
  }),
  payload: z.object({
    spreadsheet_id: z.string().describe('Id of the spreadsheet.'),
    range: z.string().describe('The range.'),
    values: z.array(z.array(z.unknown())).describe('Its values now, row by row.'),
  }),
  poll: changes({
    async read({ config: { spreadsheet_id: id, range }, runtime: { http } }) {
      const url = path`/v4/spreadsheets/${id}/values/${range}`;
      const { values = [] } = Values.parse(await http.request({ method: 'GET', url }));
      return [{ key: 'range', state: values, item: values }];
    },
    changed: (values, { spreadsheet_id, range }) => ({ spreadsheet_id, range, values }),
  }),
});

const sheetAdded = triggerType({
  slug: 'GOOGLESHEETS_NEW_SHEET_ADDED_TRIGGER',
  name: 'New sheet',
  description: 'A sheet is added to the spreadsheet.',
  scopes: READ,
  config: z.object({ spreadsheet_id: spreadsheet }),
  payload: z.object({
    spreadsheet_id: z.string().describe('Id of the spreadsheet.'),
    sheet_id: z.int().describe('Id of the sheet.'),
    title: z.string().describe('Its name.'),
  }),
  poll: changes({
    async read({ config: { spreadsheet_id: id }, runtime: { http } }) {
      const query = { fields: 'sheets.properties(sheetId,title)' };
      const answer = await http.request({ method: 'GET', url: path`/v4/spreadsheets/${id}`, query });
      return Sheets.parse(answer).sheets.map(({ properties: item }) => ({
        key: String(item.sheetId),
        state: null,
        item,
      }));
    },
    added: ({ sheetId, title }, { spreadsheet_id }) => ({ spreadsheet_id, sheet_id: sheetId, title }),
  }),
});

export const googlesheetsTriggers: readonly TriggerSpec[] = [
  newRows,
  rangeChanged,
  sheetAdded,
  triggerType({
    slug: 'GOOGLESHEETS_NEW_SPREADSHEET_CREATED_TRIGGER',
    name: 'New spreadsheet',
    description: 'A spreadsheet is made in the Drive.',
    scopes: READ_DRIVE,
    config: z.object({}),
    payload: filePayload,
    poll: driveFiles({
      by: 'createdTime',
      only: () => ["mimeType = 'application/vnd.google-apps.spreadsheet'"],
    }),
  }),
];
