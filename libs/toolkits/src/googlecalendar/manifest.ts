import { googleAuth } from '../google.js';
import { icon } from '../icon.js';
import type { ToolkitSpec } from '../toolkit.js';
import { calendarTools } from './calendars.js';
import { changingTools } from './changing.js';
import { readingTools } from './reading.js';
import { writingTools } from './writing.js';
import { googlecalendarTriggers } from './triggers/index.js';

/** https://developers.google.com/workspace/calendar/api/v3/reference */
export const googlecalendar: ToolkitSpec = {
  slug: 'googlecalendar',
  name: 'Google Calendar',
  description: 'Events, guests, free times and calendars of Google Calendar.',
  logo: icon('#1a73e8', '<rect x="5" y="6" width="14" height="13" rx="2"/><path d="M5 10h14M9 4v4M15 4v4"/>'),
  categories: ['scheduling & booking'],
  version: '20261122_00',
  baseUrl: 'https://www.googleapis.com',
  auth: googleAuth('calendar'),
  // The account's own calendar has its address for an id.
  currentUser: { path: '/calendar/v3/calendars/primary', displayName: 'id' },
  tools: [...writingTools, ...changingTools, ...readingTools, ...calendarTools],
  triggers: googlecalendarTriggers,
};
