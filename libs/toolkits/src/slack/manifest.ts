import { icon } from '../icon.js';
import type { ToolkitSpec } from '../toolkit.js';
import { channelTools } from './channels.js';
import { fileTools } from './files.js';
import { messageTools } from './messages.js';
import { peopleTools } from './people.js';
import { slackTriggers } from './triggers/index.js';

/** https://docs.slack.dev/apis/web-api */
export const slack: ToolkitSpec = {
  slug: 'slack',
  name: 'Slack',
  description: 'Messages, channels, files and people of a Slack workspace.',
  logo: icon('#4a154b', '<path d="M9 5v14M15 5v14M5 9h14M5 15h14"/>'),
  categories: ['team chat'],
  version: '20261122_00',
  baseUrl: 'https://slack.com/api',
  refusal: { field: 'ok', is: false, message: 'error' },
  auth: [
    {
      scheme: 'OAUTH2',
      authorizationUrl: 'https://slack.com/oauth/v2/authorize',
      tokenUrl: 'https://slack.com/api/oauth.v2.access',
      scopes: [
        'channels:read',
        'channels:history',
        'channels:manage',
        'channels:join',
        'groups:read',
        'groups:history',
        'im:read',
        'im:write',
        'im:history',
        'mpim:read',
        'chat:write',
        'reactions:write',
        'pins:read',
        'pins:write',
        'files:write',
        'users:read',
        'users:read.email',
      ],
      scopeSeparator: ',',
      userScopeParameter: 'user_scope',
      userTokenField: 'authed_user',
    },
    { scheme: 'BEARER_TOKEN', helpUrl: 'https://api.slack.com/apps' },
  ],
  currentUser: { path: '/auth.test', displayName: 'user' },
  tools: [...messageTools, ...channelTools, ...peopleTools, ...fileTools],
  triggers: slackTriggers,
};
