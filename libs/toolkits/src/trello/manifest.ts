import { authField } from '../auth-spec.js';
import { icon } from '../icon.js';
import type { ToolkitSpec } from '../toolkit.js';
import { boardTools } from './boards.js';
import { cardTools } from './cards.js';
import { trelloTriggers } from './triggers/index.js';

/** https://developer.atlassian.com/cloud/trello/rest */
export const trello: ToolkitSpec = {
  slug: 'trello',
  name: 'Trello',
  description: 'Boards, lists, cards, comments and checklists of Trello.',
  logo: icon(
    '#0079bf',
    '<rect x="6" y="6" width="4.500" height="12" rx="1"/><rect x="13.500" y="6" width="4.500" height="7" rx="1"/>',
  ),
  categories: ['project management'],
  version: '20261122_00',
  baseUrl: 'https://api.trello.com/1',
  auth: [
    {
      scheme: 'OAUTH1',
      requestTokenUrl: 'https://trello.com/1/OAuthGetRequestToken',
      authorizationUrl:
        'https://trello.com/1/OAuthAuthorizeToken?scope=read,write&expiration=never&name=Patchbay',
      accessTokenUrl: 'https://trello.com/1/OAuthGetAccessToken',
    },
    {
      scheme: 'BEARER_TOKEN',
      // Trello wants both, the app's key and the person's token.
      placement: { query: { key: '{api_key}', token: '{token}' } },
      connectionFields: [authField('api_key', 'API key', { secret: true, description: 'Of the Power-Up.' })],
      helpUrl: 'https://trello.com/power-ups/admin',
    },
  ],
  currentUser: { path: '/members/me', displayName: 'username' },
  tools: [...cardTools, ...boardTools],
  triggers: trelloTriggers,
};
