import { authField } from '../auth-spec.js';
import { icon } from '../icon.js';
import type { ToolkitSpec } from '../toolkit.js';
import { contentTools } from './content.js';
import { copyingTools } from './copying.js';
import { dataSourceTools } from './data-sources.js';
import { databaseTools } from './databases.js';
import { pageTools } from './pages.js';
import { upsertingTools } from './upserting.js';
import { notionTriggers } from './triggers/index.js';

/**
 * https://developers.notion.com/reference, version 2022-06-28: the public tools take ids of databases, which in
 * 2025-09-03 only hold data sources. Tools of data sources ask for that version themselves.
 */
export const notion: ToolkitSpec = {
  slug: 'notion',
  name: 'Notion',
  description: 'Pages, their content, databases and comments of a Notion workspace.',
  logo: icon('#191919', '<path d="M8 18V6l8 12V6"/>'),
  categories: ['notes'],
  version: '20261122_00',
  baseUrl: 'https://api.notion.com',
  headers: { 'notion-version': '2022-06-28' },
  auth: [
    {
      scheme: 'OAUTH2',
      authorizationUrl: 'https://api.notion.com/v1/oauth/authorize',
      tokenUrl: 'https://api.notion.com/v1/oauth/token',
      tokenAuthMethod: 'client_secret_basic',
      // What an integration may do is set up at Notion.
      scopes: [],
      extraParameters: { owner: 'user' },
    },
    {
      scheme: 'API_KEY',
      placement: { headers: { authorization: 'Bearer {generic_api_key}' } },
      connectionFields: [
        authField('generic_api_key', 'Integration secret', {
          secret: true,
          description: 'Of an internal integration; pages must be shared with it.',
        }),
      ],
      helpUrl: 'https://www.notion.so/profile/integrations',
    },
  ],
  currentUser: { path: '/v1/users/me', displayName: 'name' },
  tools: [
    ...pageTools,
    ...contentTools,
    ...databaseTools,
    ...upsertingTools,
    ...dataSourceTools,
    ...copyingTools,
  ],
  triggers: notionTriggers,
};
