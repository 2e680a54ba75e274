import type { ToolkitSpec } from '../toolkit.js';
import { channelTools } from './channels.js';
import { messageTools } from './messages.js';

/** https://docs.slack.dev/apis/web-api */
export const slack: ToolkitSpec = {
  slug: 'slack',
  name: 'Slack',
  description: 'Messages, channels and people of a Slack workspace.',
  logo: `data:image/svg+xml,${encodeURIComponent('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24"><rect width="24" height="24" rx="6" fill="#4a154b"/><path d="M9 5v14M15 5v14M5 9h14M5 15h14" stroke="#fff" stroke-width="2"/></svg>')}`,
  categories: ['team chat'],
  version: '20261122_00',
  baseUrl: 'https://slack.com/api',
  refusal: { field: 'ok', is: false, message: 'error' },
  auth: [
    {
      scheme: 'OAUTH2',
      authorizationUrl: 'https://slack.com/oauth/v2/authorize',
      tokenUrl: 'https://slack.com/api/oauth.v2.access',
      scopes: ['channels:read', 'channels:history', 'chat:write', 'reactions:write', 'users:read'],
      scopeSeparator: ',',
      userScopeParameter: 'user_scope',
    },
    { scheme: 'BEARER_TOKEN', helpUrl: 'https://api.slack.com/apps' },
  ],
  currentUser: { path: '/auth.test', displayName: 'user' },
  tools: [...messageTools, ...channelTools],
};
