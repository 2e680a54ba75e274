import { icon } from '../icon.js';
import type { ToolkitSpec } from '../toolkit.js';
import { projectTools } from './projects.js';
import { taskTools } from './tasks.js';
import { asanaTriggers } from './triggers/index.js';

/** https://developers.asana.com/reference */
export const asana: ToolkitSpec = {
  slug: 'asana',
  name: 'Asana',
  description: 'Tasks, sub-tasks, comments, projects and workspaces of Asana.',
  logo: icon(
    '#f06a6a',
    '<circle cx="12" cy="8" r="3"/><circle cx="7.500" cy="15.500" r="3"/><circle cx="16.500" cy="15.500" r="3"/>',
  ),
  categories: ['project management'],
  version: '20261122_00',
  baseUrl: 'https://app.asana.com/api/1.0',
  auth: [
    {
      scheme: 'OAUTH2',
      authorizationUrl: 'https://app.asana.com/-/oauth_authorize',
      tokenUrl: 'https://app.asana.com/-/oauth_token',
      revocationUrl: 'https://app.asana.com/-/oauth_revoke',
      // Asana's default: all that the person may do.
      scopes: ['default'],
    },
    { scheme: 'BEARER_TOKEN', helpUrl: 'https://app.asana.com/0/my-apps' },
  ],
  currentUser: { path: '/users/me', displayName: 'data.name' },
  tools: [...taskTools, ...projectTools],
  triggers: asanaTriggers,
};
