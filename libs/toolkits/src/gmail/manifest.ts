import { googleAuth } from '../google.js';
import { icon } from '../icon.js';
import type { ToolkitSpec } from '../toolkit.js';
import { organisingTools } from './organising.js';
import { peopleTools } from './people.js';
import { readingTools } from './reading.js';
import { sendingTools } from './sending.js';
import { gmailTriggers } from './triggers/index.js';

/** https://developers.google.com/workspace/gmail/api/reference/rest */
export const gmail: ToolkitSpec = {
  slug: 'gmail',
  name: 'Gmail',
  description: 'Reads, writes, sends and files e-mail of a Gmail mailbox, and knows its contacts.',
  logo: icon('#c5221f', '<path d="M4 7h16v10H4zM4 7l8 6 8-6"/>'),
  categories: ['email'],
  version: '20261122_00',
  baseUrl: 'https://gmail.googleapis.com',
  origins: ['https://people.googleapis.com'],
  auth: googleAuth('https://mail.google.com/', 'contacts.readonly', 'contacts.other.readonly'),
  currentUser: { path: '/gmail/v1/users/me/profile', displayName: 'emailAddress' },
  tools: [...sendingTools, ...readingTools, ...organisingTools, ...peopleTools],
  triggers: gmailTriggers,
};
