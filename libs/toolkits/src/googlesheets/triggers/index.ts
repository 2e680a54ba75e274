import { z } from 'zod';
import { googleScopes } from '../../google.js';
import { driveFiles, filePayload, READ as READ_DRIVE } from '../../googledrive/triggers/files.js';
import { path, ToolFailure, type ToolHttp } from '../../tool-runtime.js';
import { triggerType, type TriggerSpec } from '../../trigger.js';
import { changes } from '../../triggers/changes.js';
import { readCursor } from '../../triggers/cursor.js';

const READ = googleScopes('spreadsheets.readonly');
const spreadsheet = z.string().min(1).describe('Id of the spreadsheet.');
const Values = z.looseObject({ values: z.array(z.array(z.unknown())).optional() });
const Sheets = z.looseObject({
  sheets: z.array(z.looseObject({ properties: z.looseObject({ sheetId: z.number(), title: z.string() }) })),
});
const Rows = z.object({
  /** The last row that is known. */
  row: z.number(),
  /** How often rows were deleted: a row that is written then is another one than that of its number before. */
  turn: z.number().default(0),
});

/** A sheet's name as it stands in A1 notation. */
const inA1 = (sheet: string) => `'${sheet.replaceAll("'", "''")}'`;

/** From a row on to the last one that is not empty. */
async function readRows(http: ToolHttp, id: string, sheet: string, from: number): Promise<unknown[][]> {
  const url = path`/v4/spreadsheets/${id}/values/${`${inA1(sheet)}!A${from}:ZZZ`}`;
  const answer = await http.request({ method: 'GET', url }).catch((error: unknown) => {
    // The sheet has fewer rows than that: Google says so instead of that there are none.
    if (error instanceof ToolFailure && /exceeds grid limits/i.test(error.message)) return {};
    throw error;
  });
  return Values.parse(answer).values ?? [];
}

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
    const read = (first: number) => readRows(runtime.http, spreadsheet_id, sheet_name, first);
    const all = async (turn: number) => ({
      events: [],
      cursor: { row: start_row + (await read(start_row)).length - 1, turn },
    });
    if (!known) return all(0);
    // With the last row that is known: where it is gone, rows were deleted, and it begins at what is the last one now.
    const hasLast = known.row >= start_row;
    const from = hasLast ? known.row + 1 : start_row;
    const found = await read(hasLast ? known.row : start_row);
    if (hasLast && found.length === 0) return all(known.turn + 1);
    const values = hasLast ? found.slice(1) : found;
    const taken = values.slice(0, limit);
    const detected_at = runtime.now().toISOString();
    const events = taken.flatMap((row_data, index) => {
      const row_number = from + index;
      if (row_data.length === 0) return [];
      return [
        {
          id: known.turn === 0 ? `row-${row_number}` : `row-${row_number}:${known.turn}`,
          payload: { spreadsheet_id, sheet_name, row_number, row_data, detected_at },
        },
      ];
    });
    const cursorNow = { row: from + taken.length - 1, turn: known.turn };
    return { events, cursor: cursorNow, more: taken.length < values.length };
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
