import type { Run } from '../../describe-toolkit.js';

const S1 = 'https://sheets.googleapis.com/v4/spreadsheets/s1';
const change = (requests: object[], rest: object = {}) => ({
  request: `POST ${S1}:batchUpdate`,
  body: { requests, ...rest },
  answer: { spreadsheetId: 's1', replies: [{}] },
});
const sheetsOfS1 = {
  request: `GET ${S1}?fields=sheets.properties(title,sheetId)`,
  answer: {
    sheets: [{ properties: { title: 'Orders', sheetId: 7 } }, { properties: { title: 'Other', sheetId: 8 } }],
  },
};
const valuesOfOrders = {
  request: `GET ${S1}/values:batchGet?ranges='Orders'&valueRenderOption=UNFORMATTED_VALUE`,
  answer: {
    valueRanges: [
      {
        values: [
          ['Name', 'Price'],
          ['Bo', 7],
          ['Ann', 5],
          ['Bo', 5],
        ],
      },
    ],
  },
};
const cellsOfOrders = (column: number) => ({
  sourceRange: {
    sources: [
      { sheetId: 7, startRowIndex: 0, endRowIndex: 4, startColumnIndex: column, endColumnIndex: column + 1 },
    ],
  },
});

export const tableRuns: Run[] = [
  {
    tool: 'GOOGLESHEETS_QUERY_TABLE',
    given: {
      spreadsheet_id: 's1',
      sql: 'SELECT "Name", sum(Price) AS total FROM Orders GROUP BY 1 ORDER BY 2 DESC',
    },
    asks: [sheetsOfS1, valuesOfOrders],
    data: {
      rows: [
        { Name: 'Bo', total: 12 },
        { Name: 'Ann', total: 5 },
      ],
      table_schema: [
        {
          table: 'Orders',
          columns: [
            { name: 'Name', column: 'A' },
            { name: 'Price', column: 'B' },
          ],
        },
      ],
    },
  },
  {
    tool: 'GOOGLESHEETS_QUERY_TABLE',
    when: 'of what is no SELECT',
    given: { spreadsheet_id: 's1', sql: 'DELETE FROM Orders' },
    asks: [sheetsOfS1, valuesOfOrders],
    data: {},
    error: 'GOOGLESHEETS_EXECUTE_SQL',
  },
  {
    tool: 'GOOGLESHEETS_QUERY_TABLE',
    when: 'without an end',
    given: {
      spreadsheet_id: 's1',
      sql: 'WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n, Orders',
    },
    asks: [sheetsOfS1, valuesOfOrders],
    data: {},
    error: 'Narrow it with WHERE',
  },
  {
    tool: 'GOOGLESHEETS_QUERY_TABLE',
    when: 'of no sheet',
    given: { spreadsheet_id: 's1', sql: 'SELECT * FROM Nothing' },
    asks: [sheetsOfS1],
    data: {},
    error: '"Orders", "Other"',
  },
  {
    tool: 'GOOGLESHEETS_EXECUTE_SQL',
    given: { spreadsheet_id: 's1', sql: "UPDATE Orders SET Price = 9 WHERE Name = 'Ann'" },
    asks: [
      sheetsOfS1,
      valuesOfOrders,
      {
        request: `POST ${S1}/values:batchUpdate`,
        body: { valueInputOption: 'USER_ENTERED', data: [{ range: "'Orders'!B3", values: [[9]] }] },
      },
    ],
    data: { updated_cells: 1, inserted_rows: 0, deleted_rows: 0 },
  },
  {
    tool: 'GOOGLESHEETS_EXECUTE_SQL',
    when: 'that adds a row',
    given: { spreadsheet_id: 's1', sql: "INSERT INTO Orders (Name) VALUES ('Cy')" },
    asks: [
      sheetsOfS1,
      valuesOfOrders,
      {
        request: `POST ${S1}/values/'Orders':append?valueInputOption=USER_ENTERED&insertDataOption=INSERT_ROWS`,
        body: { values: [['Cy', '']] },
      },
    ],
    data: { inserted_rows: 1 },
  },
  {
    tool: 'GOOGLESHEETS_EXECUTE_SQL',
    when: 'that takes rows out',
    given: { spreadsheet_id: 's1', sql: 'DELETE FROM Orders WHERE Price > 4', delete_method: 'remove_rows' },
    asks: [
      sheetsOfS1,
      valuesOfOrders,
      change(
        [3, 2, 1].map((startIndex) => ({
          deleteDimension: { range: { sheetId: 7, dimension: 'ROWS', startIndex, endIndex: startIndex + 1 } },
        })),
      ),
    ],
    data: { deleted_rows: 3 },
  },
  {
    tool: 'GOOGLESHEETS_EXECUTE_SQL',
    when: 'that empties rows, tried only',
    given: { spreadsheet_id: 's1', sql: 'DELETE FROM Orders', dry_run: true },
    asks: [sheetsOfS1, valuesOfOrders],
    data: { deleted_rows: 3, dry_run: true },
  },
  {
    tool: 'GOOGLESHEETS_EXECUTE_SQL',
    when: 'that empties rows',
    given: { spreadsheet_id: 's1', sql: 'DELETE FROM Orders WHERE Price = 5' },
    asks: [
      sheetsOfS1,
      valuesOfOrders,
      { request: `POST ${S1}/values:batchClear`, body: { ranges: ["'Orders'!3:3", "'Orders'!4:4"] } },
    ],
    data: { deleted_rows: 2 },
  },
  {
    tool: 'GOOGLESHEETS_CREATE_CHART',
    given: { spreadsheet_id: 's1', chart_type: 'BAR', data_range: 'Orders!A1:B4', title: 'Sales' },
    asks: [
      sheetsOfS1,
      {
        ...change([
          {
            addChart: {
              chart: {
                spec: {
                  title: 'Sales',
                  basicChart: {
                    chartType: 'BAR',
                    legendPosition: 'BOTTOM_LEGEND',
                    headerCount: 1,
                    axis: [{ position: 'BOTTOM_AXIS' }, { position: 'LEFT_AXIS' }],
                    domains: [{ domain: cellsOfOrders(0) }],
                    series: [{ series: cellsOfOrders(1), targetAxis: 'BOTTOM_AXIS' }],
                  },
                },
                position: {
                  overlayPosition: { anchorCell: { sheetId: 7, rowIndex: 0, columnIndex: 2 } },
                },
              },
            },
          },
        ]),
        answer: { replies: [{ addChart: { chart: { chartId: 3 } } }] },
      },
    ],
    data: { chart_id: 3, spreadsheet_id: 's1' },
  },
];
