import { describeToolkit, shipped } from '../describe-toolkit.js';
import { tableRuns } from './runs/googlesheets-tables.js';

const API = 'https://sheets.googleapis.com/v4/spreadsheets';
const S1 = `${API}/s1`;
const change = (requests: object[], rest: object = {}) => ({
  request: `POST ${S1}:batchUpdate`,
  body: { requests, ...rest },
  answer: { spreadsheetId: 's1', replies: [{}] },
});
const insert = (dimension: string, startIndex: number) => ({
  insertDimension: {
    range: { sheetId: 0, dimension, startIndex, endIndex: startIndex + 1 },
    inheritFromBefore: false,
  },
});

describeToolkit(shipped('googlesheets'), [
  {
    tool: 'GOOGLESHEETS_CREATE_GOOGLE_SHEET1',
    given: { title: 'Budget' },
    asks: [
      {
        request: `POST ${API}`,
        headers: { authorization: 'Bearer test-token' },
        body: { properties: { title: 'Budget' } },
        answer: { spreadsheetId: 's1' },
      },
    ],
    data: { response_data: { spreadsheetId: 's1' } },
  },
  {
    tool: 'GOOGLESHEETS_GET_SPREADSHEET_INFO',
    given: { spreadsheet_id: 's1' },
    asks: [{ request: `GET ${S1}`, answer: { spreadsheetId: 's1', sheets: [] } }],
    data: { response_data: { spreadsheetId: 's1' } },
  },
  {
    tool: 'GOOGLESHEETS_GET_SHEET_NAMES',
    given: { spreadsheet_id: 's1' },
    asks: [
      {
        request: `GET ${S1}?fields=sheets.properties.title`,
        answer: { sheets: [{ properties: { title: 'One' } }, { properties: { title: 'Two' } }] },
      },
    ],
    data: { sheet_names: ['One', 'Two'] },
  },
  {
    tool: 'GOOGLESHEETS_SEARCH_SPREADSHEETS',
    given: { modified_after: '2026-03-01T00:00:00Z', include_trashed: true },
    asks: [
      {
        request:
          'GET https://www.googleapis.com/drive/v3/files?q=mimeType+%3D+%27application%2Fvnd.google-apps.spreadsheet%27+and+modifiedTime+%3E+%272026-03-01T00%3A00%3A00Z%27&orderBy=modifiedTime+desc&pageSize=10&supportsAllDrives=true&includeItemsFromAllDrives=true&fields=nextPageToken%2Cfiles%28id%2Cname%2CmimeType%2CcreatedTime%2CmodifiedTime%2Cowners%2CwebViewLink%2Cstarred%2Cshared%29',
        headers: { authorization: 'Bearer test-token' },
        answer: { files: [{ id: 's1' }], nextPageToken: 'n' },
      },
    ],
    data: { spreadsheets: [{ id: 's1' }], total_found: 1, next_page_token: 'n' },
  },
  {
    tool: 'GOOGLESHEETS_SHEET_FROM_JSON',
    given: { title: 'Budget', sheet_name: "Ann's", sheet_json: [{ a: 1 }, { b: true }] },
    asks: [
      {
        request: `POST ${API}`,
        body: { properties: { title: 'Budget' }, sheets: [{ properties: { title: "Ann's" } }] },
        answer: { spreadsheetId: 's1' },
      },
      {
        request: `PUT ${S1}/values/'Ann''s'!A1?valueInputOption=RAW`,
        body: {
          majorDimension: 'ROWS',
          values: [
            ['a', 'b'],
            [1, ''],
            ['', true],
          ],
        },
        answer: { spreadsheetId: 's1' },
      },
    ],
    data: { response_data: { spreadsheetId: 's1' } },
  },
  {
    tool: 'GOOGLESHEETS_ADD_SHEET',
    given: { spreadsheetId: 's1', properties: { title: 'New', index: 0 } },
    asks: [
      change([{ addSheet: { properties: { title: 'New', index: 0 } } }], {
        includeSpreadsheetInResponse: false,
        responseIncludeGridData: false,
      }),
    ],
    data: { spreadsheetId: 's1' },
  },
  {
    tool: 'GOOGLESHEETS_DELETE_SHEET',
    given: { spreadsheetId: 's1', sheet_id: 7 },
    asks: [change([{ deleteSheet: { sheetId: 7 } }])],
    data: { spreadsheetId: 's1' },
  },
  {
    tool: 'GOOGLESHEETS_CREATE_SPREADSHEET_ROW',
    given: { spreadsheet_id: 's1', sheet_id: 0, insert_index: 2 },
    asks: [change([insert('ROWS', 2)])],
    data: { spreadsheet: { spreadsheetId: 's1' } },
  },
  {
    tool: 'GOOGLESHEETS_CREATE_SPREADSHEET_COLUMN',
    given: { spreadsheet_id: 's1', sheet_id: 0 },
    asks: [change([insert('COLUMNS', 0)])],
    data: { spreadsheet: { spreadsheetId: 's1' } },
  },
  {
    tool: 'GOOGLESHEETS_FORMAT_CELL',
    given: {
      spreadsheet_id: 's1',
      worksheet_id: 0,
      start_row_index: 0,
      end_row_index: 1,
      start_column_index: 0,
      end_column_index: 3,
      bold: true,
    },
    asks: [
      change([
        {
          repeatCell: {
            range: { sheetId: 0, startRowIndex: 0, endRowIndex: 1, startColumnIndex: 0, endColumnIndex: 3 },
            cell: {
              userEnteredFormat: {
                backgroundColor: { red: 0.9, green: 0.9, blue: 0.9 },
                textFormat: {
                  fontSize: 10,
                  bold: true,
                  italic: false,
                  underline: false,
                  strikethrough: false,
                },
              },
            },
            fields: 'userEnteredFormat(backgroundColor,textFormat)',
          },
        },
      ]),
    ],
    data: { spreadsheetId: 's1' },
  },
  {
    tool: 'GOOGLESHEETS_BATCH_GET',
    given: { spreadsheet_id: 's1', ranges: ['A1:B2', 'Two!C:C'] },
    asks: [
      {
        request: `GET ${S1}/values:batchGet?ranges=A1%3AB2&ranges=Two%21C%3AC`,
        answer: { spreadsheetId: 's1', valueRanges: [] },
      },
    ],
    data: { spreadsheet_data: { valueRanges: [] } },
  },
  {
    tool: 'GOOGLESHEETS_VALUES_GET',
    given: { spreadsheet_id: 's1', range: 'One!A1:B2', value_render_option: 'FORMULA' },
    asks: [
      {
        request: `GET ${S1}/values/One!A1%3AB2?valueRenderOption=FORMULA`,
        answer: { range: 'One!A1:B2', values: [['=1+1']] },
      },
    ],
    data: { values: [['=1+1']] },
  },
  {
    tool: 'GOOGLESHEETS_BATCH_UPDATE',
    given: { spreadsheet_id: 's1', sheet_name: 'One', values: [['a', 1]], first_cell_location: 'B2' },
    asks: [
      {
        request: `PUT ${S1}/values/'One'!B2?valueInputOption=USER_ENTERED&includeValuesInResponse=false`,
        body: { majorDimension: 'ROWS', values: [['a', 1]] },
        answer: { spreadsheetId: 's1' },
      },
    ],
    data: { spreadsheet: { spreadsheetId: 's1' } },
  },
  {
    tool: 'GOOGLESHEETS_BATCH_UPDATE',
    when: 'below what is there',
    given: { spreadsheet_id: 's1', sheet_name: 'One', values: [[true]] },
    asks: [
      {
        request: `POST ${S1}/values/'One':append?valueInputOption=USER_ENTERED&includeValuesInResponse=false`,
        body: { majorDimension: 'ROWS', values: [[true]] },
        answer: { spreadsheetId: 's1' },
      },
    ],
  },
  {
    tool: 'GOOGLESHEETS_VALUES_UPDATE',
    given: { spreadsheet_id: 's1', range: 'A1', values: [[1]], value_input_option: 'RAW' },
    asks: [
      {
        request: `PUT ${S1}/values/A1?valueInputOption=RAW`,
        body: { range: 'A1', majorDimension: 'ROWS', values: [[1]] },
        answer: { spreadsheetId: 's1', updatedRange: 'One!A1' },
      },
    ],
    data: { updatedRange: 'One!A1' },
  },
  {
    tool: 'GOOGLESHEETS_UPDATE_VALUES_BATCH',
    given: { spreadsheet_id: 's1', data: [{ range: 'A1', values: [[1]] }] },
    asks: [
      {
        request: `POST ${S1}/values:batchUpdate`,
        body: { valueInputOption: 'USER_ENTERED', data: [{ range: 'A1', values: [[1]] }] },
        answer: { spreadsheetId: 's1', totalUpdatedCells: 1 },
      },
    ],
    data: { totalUpdatedCells: 1 },
  },
  {
    tool: 'GOOGLESHEETS_SPREADSHEETS_VALUES_APPEND',
    given: {
      spreadsheetId: 's1',
      range: 'One!A1',
      values: [['x']],
      valueInputOption: 'RAW',
      insertDataOption: 'INSERT_ROWS',
    },
    asks: [
      {
        request: `POST ${S1}/values/One!A1:append?valueInputOption=RAW&insertDataOption=INSERT_ROWS`,
        body: { range: 'One!A1', values: [['x']] },
        answer: { spreadsheetId: 's1', updates: { updatedRange: 'One!A9' } },
      },
    ],
    data: { updates: { updatedRange: 'One!A9' } },
  },
  {
    tool: 'GOOGLESHEETS_CLEAR_VALUES',
    given: { spreadsheet_id: 's1', range: 'A1:B2' },
    asks: [
      {
        request: `POST ${S1}/values/A1%3AB2:clear`,
        body: {},
        answer: { spreadsheetId: 's1', clearedRange: 'One!A1:B2' },
      },
    ],
    data: { clearedRange: 'One!A1:B2' },
  },
  {
    tool: 'GOOGLESHEETS_LOOKUP_SPREADSHEET_ROW',
    given: { spreadsheet_id: 's1', query: 'ANN', range: 'One!A:B' },
    asks: [{ request: `GET ${S1}/values/One!A%3AB`, answer: { values: [['name'], ['Ann', 7]] } }],
    data: { row_data: { row_number: 2, values: ['Ann', 7] } },
  },
  {
    tool: 'GOOGLESHEETS_UPSERT_ROWS',
    given: {
      spreadsheetId: 's1',
      sheetName: 'One',
      keyColumn: 'mail',
      rows: [{ mail: 'a@x', age: 8 }, ['Cyd', 'c@x', 5]],
    },
    asks: [
      {
        request: `GET ${S1}/values/'One'`,
        answer: {
          values: [
            ['name', 'mail', 'age'],
            ['Bob', 'b@x', '3'],
            ['Ann', 'a@x', '7'],
          ],
        },
      },
      {
        request: `POST ${S1}/values:batchUpdate`,
        body: {
          valueInputOption: 'USER_ENTERED',
          data: [{ range: "'One'!A3", values: [['Ann', 'a@x', 8]] }],
        },
      },
      {
        request: `POST ${S1}/values/'One':append?valueInputOption=USER_ENTERED&insertDataOption=INSERT_ROWS`,
        body: { values: [['Cyd', 'c@x', 5]] },
      },
    ],
    data: { updated: 1, appended: 1 },
  },
  {
    tool: 'GOOGLESHEETS_UPSERT_ROWS',
    when: 'with a column that is not there',
    given: { spreadsheetId: 's1', sheetName: 'One', rows: [{ town: 'Rome' }] },
    asks: [{ request: `GET ${S1}/values/'One'`, answer: { values: [['name']] } }],
    error: 'has no column town',
  },
  ...tableRuns,
]);
