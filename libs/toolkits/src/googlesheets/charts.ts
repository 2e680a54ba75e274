import { z } from 'zod';
import { functionTool, type ToolSpec } from '../toolkit.js';
import { ToolFailure } from '../tool-runtime.js';
import { batchUpdate, readSheets, SHEETS, sheetId, spreadsheetId } from './fields.js';

const Added = z.looseObject({
  replies: z.array(
    z.looseObject({ addChart: z.looseObject({ chart: z.looseObject({ chartId: z.int() }) }) }),
  ),
});
const shade = (what: string) =>
  z.number().min(0).max(1).optional().describe(`${what} of the background, 0 to 1.`);
const text = (what: string) => z.string().optional().describe(what);

interface Cells {
  sheet?: string;
  startColumn: number;
  endColumn: number;
  startRow?: number;
  endRow?: number;
}

const RANGE = /^(?:(?:'((?:[^']|'')+)'|([^!]+))!)?\$?([A-Z]{1,3})\$?(\d+)?:\$?([A-Z]{1,3})\$?(\d+)?$/i;

/** `A1:C10`, `'My sheet'!A:C`. */
function readCells(range: string): Cells {
  const [, quoted, plain, from = '', top, to = '', bottom] = RANGE.exec(range.trim()) ?? [];
  const [startColumn, last] = [columnIndex(from), columnIndex(to)];
  if (!from || last <= startColumn)
    throw new ToolFailure(`${range} is no range of at least two columns, such as Sheet1!A1:C10.`);
  const sheet = quoted?.replaceAll("''", "'") ?? plain;
  return {
    ...(sheet && { sheet }),
    startColumn,
    endColumn: last + 1,
    ...(top && { startRow: Number(top) - 1 }),
    ...(bottom && { endRow: Number(bottom) }),
  };
}

/** A as 0, AA as 26. */
function columnIndex(letters: string): number {
  return (
    letters
      .toUpperCase()
      .split('')
      .reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1
  );
}

export const chartTools: ToolSpec[] = [
  functionTool({
    slug: 'GOOGLESHEETS_CREATE_CHART',
    name: 'Create chart',
    description:
      'Draws a chart of a range of cells: its first column is what is compared, each further one a series, its first row names them.',
    input: z.object({
      spreadsheet_id: spreadsheetId,
      chart_type: z
        .enum(['BAR', 'LINE', 'AREA', 'COLUMN', 'SCATTER', 'COMBO', 'STEPPED_AREA', 'PIE'])
        .describe('Kind of the chart.'),
      data_range: z
        .string()
        .min(1)
        .describe("Cells in A1 notation, such as Sheet1!A1:C10 or 'My sheet'!A:C."),
      sheet_id: sheetId.default(0).describe('Sheet of a data_range that names none, by its number (gid).'),
      title: text('Title of the chart.'),
      subtitle: text('What stands under the title.'),
      x_axis_title: text('Title of the axis at the bottom.'),
      y_axis_title: text('Title of the axis at the left.'),
      legend_position: z
        .enum(['BOTTOM_LEGEND', 'LEFT_LEGEND', 'RIGHT_LEGEND', 'TOP_LEGEND', 'NO_LEGEND'])
        .default('BOTTOM_LEGEND')
        .describe('Where the legend stands.'),
      background_red: shade('Red'),
      background_green: shade('Green'),
      background_blue: shade('Blue'),
    }),
    output: z.object({ chart_id: z.int(), spreadsheet_id: z.string() }),
    tags: [],
    scopes: SHEETS,
    run: async (given, { http }) => {
      const id = given.spreadsheet_id;
      const cells = readCells(given.data_range);
      let sheet = given.sheet_id;
      if (cells.sheet !== undefined) {
        const found = (await readSheets(http, id)).find(({ title }) => title === cells.sheet);
        if (!found) throw new ToolFailure(`The spreadsheet has no sheet ${cells.sheet}.`);
        sheet = found.sheetId;
      }
      const source = (column: number) => ({
        sourceRange: {
          sources: [
            {
              sheetId: sheet,
              startRowIndex: cells.startRow,
              endRowIndex: cells.endRow,
              startColumnIndex: column,
              endColumnIndex: column + 1,
            },
          ],
        },
      });
      const { chart_type: chartType, legend_position: legendPosition } = given;
      const columns = Array.from(
        { length: cells.endColumn - cells.startColumn - 1 },
        (_, index) => cells.startColumn + 1 + index,
      );
      const domain = source(cells.startColumn);
      const drawing =
        chartType === 'PIE'
          ? { pieChart: { legendPosition, domain, series: source(cells.startColumn + 1) } }
          : {
              basicChart: {
                chartType,
                legendPosition,
                headerCount: 1,
                axis: [
                  { position: 'BOTTOM_AXIS', title: given.x_axis_title },
                  { position: 'LEFT_AXIS', title: given.y_axis_title },
                ],
                domains: [{ domain }],
                // Bars lie along the bottom axis, all others rise along the left one.
                series: columns.map((column) => ({
                  series: source(column),
                  targetAxis: chartType === 'BAR' ? 'BOTTOM_AXIS' : 'LEFT_AXIS',
                })),
              },
            };
      const [red, green, blue] = [given.background_red, given.background_green, given.background_blue];
      const isColoured = [red, green, blue].some((one) => one !== undefined);
      const chart = {
        spec: {
          title: given.title,
          subtitle: given.subtitle,
          ...(isColoured && { backgroundColorStyle: { rgbColor: { red, green, blue } } }),
          ...drawing,
        },
        position: {
          overlayPosition: { anchorCell: { sheetId: sheet, rowIndex: 0, columnIndex: cells.endColumn } },
        },
      };
      const { replies } = Added.parse(await http.request(batchUpdate(id, [{ addChart: { chart } }])));
      const [added] = replies;
      if (!added) throw new ToolFailure('Google Sheets says nothing of the new chart.');
      return { chart_id: added.addChart.chart.chartId, spreadsheet_id: id };
    },
  }),
];
