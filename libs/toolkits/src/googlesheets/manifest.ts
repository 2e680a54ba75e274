import { googleAuth } from '../google.js';
import { icon } from '../icon.js';
import type { ToolkitSpec } from '../toolkit.js';
import { chartTools } from './charts.js';
import { rowTools } from './rows.js';
import { sheetTools } from './sheets.js';
import { tableTools } from './tables.js';
import { valueTools } from './values.js';
import { googlesheetsTriggers } from './triggers/index.js';

/** https://developers.google.com/workspace/sheets/api/reference/rest */
export const googlesheets: ToolkitSpec = {
  slug: 'googlesheets',
  name: 'Google Sheets',
  description:
    'Spreadsheets of Google Sheets: reads, writes and queries rows, adds and formats sheets, draws charts.',
  logo: icon(
    '#0f9d58',
    '<rect x="5" y="5" width="14" height="14" rx="1"/><path d="M5 10h14M5 14.500h14M11 5v14"/>',
  ),
  categories: ['spreadsheets'],
  version: '20261122_00',
  baseUrl: 'https://sheets.googleapis.com',
  origins: ['https://www.googleapis.com'],
  auth: googleAuth('spreadsheets', 'drive.readonly'),
  currentUser: {
    path: 'https://www.googleapis.com/drive/v3/about?fields=user',
    displayName: 'user.emailAddress',
  },
  tools: [...sheetTools, ...valueTools, ...rowTools, ...tableTools, ...chartTools],
  triggers: googlesheetsTriggers,
};
