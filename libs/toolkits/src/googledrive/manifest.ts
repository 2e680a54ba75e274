import { googleAuth } from '../google.js';
import { icon } from '../icon.js';
import type { ToolkitSpec } from '../toolkit.js';
import { contentTools } from './content.js';
import { findingTools } from './finding.js';
import { organisingTools } from './organising.js';
import { googledriveTriggers } from './triggers/index.js';

/** https://developers.google.com/workspace/drive/api/reference/rest/v3 */
export const googledrive: ToolkitSpec = {
  slug: 'googledrive',
  name: 'Google Drive',
  description: 'Files and folders of Google Drive: finds, reads, writes, moves and shares them.',
  logo: icon('#188038', '<path d="M9 5h6l5 9-3 5H7l-3-5z"/>'),
  categories: ['file management & storage'],
  version: '20261122_00',
  baseUrl: 'https://www.googleapis.com',
  auth: googleAuth('drive'),
  currentUser: { path: '/drive/v3/about?fields=user', displayName: 'user.emailAddress' },
  tools: [...findingTools, ...contentTools, ...organisingTools],
  triggers: googledriveTriggers,
};
