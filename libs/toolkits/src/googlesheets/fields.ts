import { z } from 'zod';
import { googleScopes } from '../google.js';
import { path, type ToolHttp, type ToolRequest } from '../tool-runtime.js';

export const SHEETS = googleScopes('spreadsheets');
export const READ = googleScopes('spreadsheets.readonly');

export const spreadsheetId = z.string().min(1).describe('Id of the spreadsheet, as in its address.');
export const range = z
  .string()
  .min(1)
  .describe("Cells in A1 notation, such as Sheet1!A1:C10 or 'My sheet'!A:A.");
export const Cell = z.union([z.string(), z.number(), z.boolean()]);
export const values = z.array(z.array(Cell)).describe('Rows of cells, each row a list of values.');
export const valueInput = z
  .enum(['RAW', 'USER_ENTERED'])
  .describe('RAW keeps values as they are; USER_ENTERED reads them as typed in, with formulas and dates.');
export const sheetId = z
  .int()
  .min(0)
  .describe('Number of the sheet (gid in the address); the first one is 0.');

export const Values = z.looseObject({
  range: z.string().optional(),
  majorDimension: z.string().optional(),
  values: z.array(z.array(z.unknown())).optional(),
});
export const Replies = z.looseObject({
  spreadsheetId: z.string(),
  replies: z.array(z.looseObject({})).optional(),
});

/** Changes of any kind, in the order given and all or none. */
export function batchUpdate(id: string, requests: object[], rest: object = {}): ToolRequest {
  return {
    method: 'POST',
    url: path`/v4/spreadsheets/${id}:batchUpdate`,
    body: { json: { requests, ...rest } },
  };
}

/** A sheet's name as A1 notation takes any name. */
export function sheetRange(sheet: string, cells?: string): string {
  const name = `'${sheet.replaceAll("'", "''")}'`;
  return cells ? `${name}!${cells}` : name;
}

export async function readValues(http: ToolHttp, id: string, cells: string): Promise<unknown[][]> {
  const url = path`/v4/spreadsheets/${id}/values/${cells}`;
  return Values.parse(await http.request({ method: 'GET', url })).values ?? [];
}

const Sheets = z.looseObject({
  sheets: z.array(z.object({ properties: z.object({ title: z.string(), sheetId: z.int() }) })),
});

/** Names and numbers of a spreadsheet's sheets. */
export async function readSheets(http: ToolHttp, id: string): Promise<{ title: string; sheetId: number }[]> {
  const url = path`/v4/spreadsheets/${id}`;
  const query = { fields: 'sheets.properties(title,sheetId)' };
  return Sheets.parse(await http.request({ method: 'GET', url, query })).sheets.map((one) => one.properties);
}
