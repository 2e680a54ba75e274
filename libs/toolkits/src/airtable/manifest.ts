import { authField } from '../auth-spec.js';
import { icon } from '../icon.js';
import type { ToolkitSpec } from '../toolkit.js';
import { baseTools } from './bases.js';
import { recordTools } from './records.js';
import { airtableTriggers } from './triggers/index.js';

/** https://airtable.com/developers/web/api */
export const airtable: ToolkitSpec = {
  slug: 'airtable',
  name: 'Airtable',
  description: 'Bases, tables, fields, records and comments of Airtable.',
  logo: icon('#2d7ff9', '<path d="M5 9l7-3 7 3-7 3zM5 12.500l7 3 7-3M5 16l7 3 7-3"/>'),
  categories: ['productivity'],
  version: '20261122_00',
  baseUrl: 'https://api.airtable.com',
  auth: [
    {
      scheme: 'OAUTH2',
      authorizationUrl: 'https://airtable.com/oauth2/v1/authorize',
      tokenUrl: 'https://airtable.com/oauth2/v1/token',
      tokenAuthMethod: 'client_secret_basic',
      scopes: [
        'data.records:read',
        'data.records:write',
        'data.recordComments:read',
        'data.recordComments:write',
        'schema.bases:read',
        'schema.bases:write',
        'user.email:read',
      ],
    },
    {
      scheme: 'API_KEY',
      placement: { headers: { authorization: 'Bearer {generic_api_key}' } },
      connectionFields: [authField('generic_api_key', 'Personal access token', { secret: true })],
      helpUrl: 'https://airtable.com/create/tokens',
    },
  ],
  currentUser: { path: '/v0/meta/whoami', displayName: 'id' },
  tools: [...recordTools, ...baseTools],
  triggers: airtableTriggers,
};
