import { authField } from '../auth-spec.js';
import { icon } from '../icon.js';
import type { ToolkitSpec } from '../toolkit.js';
import { commentTools } from './comments.js';
import { issueTools } from './issues.js';
import { searchTools } from './searching.js';
import { workflowTools } from './workflow.js';
import { workspaceTools } from './workspace.js';
import { jiraTriggers } from './triggers/index.js';

/** https://developer.atlassian.com/cloud/jira/platform/rest/v3 */
export const jira: ToolkitSpec = {
  slug: 'jira',
  name: 'Jira',
  description: 'Issues, comments, projects, boards and sprints of Jira Cloud.',
  logo: icon('#0052cc', '<path d="M12 5l7 7-7 7-7-7zM12 9.500L14.500 12 12 14.500 9.500 12z"/>'),
  categories: ['project management'],
  version: '20261122_00',
  baseUrl: 'https://{subdomain}.atlassian.net',
  auth: [
    {
      scheme: 'OAUTH2',
      authorizationUrl: 'https://auth.atlassian.com/authorize',
      tokenUrl: 'https://auth.atlassian.com/oauth/token',
      scopes: [
        'read:jira-work',
        'write:jira-work',
        'read:jira-user',
        'read:board-scope:jira-software',
        'read:project:jira',
        'read:sprint:jira-software',
        'write:sprint:jira-software',
        'offline_access',
      ],
      extraParameters: { audience: 'api.atlassian.com', prompt: 'consent' },
      // A token is good for the sites that the person chose; their APIs lie under the id of each.
      baseUrl: 'https://api.atlassian.com/ex/jira/{cloud_id}',
      lookup: {
        url: 'https://api.atlassian.com/oauth/token/accessible-resources',
        values: { cloud_id: '0.id', site_url: '0.url' },
      },
    },
    {
      scheme: 'API_KEY',
      placement: { headers: { authorization: 'Basic {email:generic_api_key}' } },
      connectionFields: [
        authField('subdomain', 'Site', {
          description: 'The first part of its address: acme of acme.atlassian.net.',
        }),
        authField('email', 'E-mail address', {
          description: 'Of the person whose token it is.',
          secret: true,
        }),
        authField('generic_api_key', 'API token', { secret: true }),
      ],
      helpUrl: 'https://id.atlassian.com/manage-profile/security/api-tokens',
    },
  ],
  currentUser: { path: '/rest/api/3/myself', displayName: 'displayName' },
  tools: [...issueTools, ...workflowTools, ...commentTools, ...searchTools, ...workspaceTools],
  triggers: jiraTriggers,
};
