import { authField } from '../auth-spec.js';
import { icon } from '../icon.js';
import type { ToolkitSpec } from '../toolkit.js';
import { commentTools } from './comments.js';
import { issueTools } from './issues.js';
import { workspaceTools } from './workspace.js';
import { linearTriggers } from './triggers/index.js';

/** https://linear.app/developers/graphql */
export const linear: ToolkitSpec = {
  slug: 'linear',
  name: 'Linear',
  description: 'Issues, projects, cycles, teams and labels of a Linear workspace.',
  logo: icon('#5e6ad2', '<path d="M5 13l6 6M5 8l11 11M7 5l12 12M12 5l7 7"/>'),
  categories: ['project management'],
  version: '20261122_00',
  baseUrl: 'https://api.linear.app',
  auth: [
    {
      scheme: 'OAUTH2',
      authorizationUrl: 'https://linear.app/oauth/authorize',
      tokenUrl: 'https://api.linear.app/oauth/token',
      revocationUrl: 'https://api.linear.app/oauth/revoke',
      scopes: ['read', 'write', 'comments:create'],
      scopeSeparator: ',',
    },
    {
      scheme: 'API_KEY',
      // A personal key stands in the header as it is, without "Bearer".
      placement: { headers: { authorization: '{generic_api_key}' } },
      connectionFields: [authField('generic_api_key', 'Personal API key', { secret: true })],
      helpUrl: 'https://linear.app/settings/account/security',
    },
  ],
  currentUser: { path: '/graphql', body: { query: '{ viewer { name } }' }, displayName: 'data.viewer.name' },
  tools: [...issueTools, ...commentTools, ...workspaceTools],
  triggers: linearTriggers,
};
