import { icon } from '../icon.js';
import type { ToolkitSpec } from '../toolkit.js';
import { meetingTools } from './meetings.js';
import { recordingTools } from './recordings.js';

/** https://developers.zoom.us/docs/api */
export const zoom: ToolkitSpec = {
  slug: 'zoom',
  name: 'Zoom',
  description: 'Meetings, registrants, participants and recordings of Zoom.',
  logo: icon('#0b5cff', '<rect x="4" y="8" width="10" height="8" rx="2"/><path d="M14 11l5-3v8l-5-3"/>'),
  categories: ['collaboration & communication'],
  version: '20261122_00',
  baseUrl: 'https://api.zoom.us/v2',
  auth: [
    {
      scheme: 'OAUTH2',
      authorizationUrl: 'https://zoom.us/oauth/authorize',
      tokenUrl: 'https://zoom.us/oauth/token',
      revocationUrl: 'https://zoom.us/oauth/revoke',
      tokenAuthMethod: 'client_secret_basic',
      // What an app may do is set up at Zoom.
      scopes: [],
    },
    { scheme: 'BEARER_TOKEN', helpUrl: 'https://marketplace.zoom.us' },
  ],
  currentUser: { path: '/users/me', displayName: 'email' },
  tools: [...meetingTools, ...recordingTools],
};
