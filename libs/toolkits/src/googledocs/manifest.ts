import { googleAuth } from '../google.js';
import { icon } from '../icon.js';
import type { ToolkitSpec } from '../toolkit.js';
import { documentTools } from './documents.js';
import { editingTools } from './editing.js';
import { googledocsTriggers } from './triggers/index.js';

/** https://developers.google.com/workspace/docs/api/reference/rest */
export const googledocs: ToolkitSpec = {
  slug: 'googledocs',
  name: 'Google Docs',
  description: 'Documents of Google Docs: makes them out of text or Markdown, reads, edits and finds them.',
  logo: icon('#4285f4', '<path d="M7 4h7l4 4v12H7zM10 12h5M10 15.500h5"/>'),
  categories: ['documents'],
  version: '20261122_00',
  baseUrl: 'https://docs.googleapis.com',
  origins: ['https://www.googleapis.com'],
  auth: googleAuth('documents', 'drive'),
  currentUser: {
    path: 'https://www.googleapis.com/drive/v3/about?fields=user',
    displayName: 'user.emailAddress',
  },
  tools: [...documentTools, ...editingTools],
  triggers: googledocsTriggers,
};
