import { authField } from '../auth-spec.js';
import { icon } from '../icon.js';
import type { ToolkitSpec } from '../toolkit.js';
import { queryTools } from './queries.js';
import { recordTools } from './records.js';
import { salesTools } from './sales.js';

/** https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/ */
export const salesforce: ToolkitSpec = {
  slug: 'salesforce',
  name: 'Salesforce',
  description:
    'Leads, contacts, accounts, opportunities and any other records of Salesforce, queried and changed.',
  logo: icon('#00a1e0', '<path d="M7 16a4 4 0 010-7 5 5 0 019-1 4 4 0 011 8z"/>'),
  categories: ['crm'],
  version: '20261130_00',
  baseUrl: 'https://{domain}.my.salesforce.com',
  auth: [
    {
      scheme: 'OAUTH2',
      authorizationUrl: 'https://login.salesforce.com/services/oauth2/authorize',
      tokenUrl: 'https://login.salesforce.com/services/oauth2/token',
      revocationUrl: 'https://login.salesforce.com/services/oauth2/revoke',
      scopes: ['api', 'refresh_token', 'openid'],
      connectionFields: [
        authField('domain', 'My Domain', {
          description: 'The part before .my.salesforce.com in the address of your Salesforce.',
        }),
      ],
    },
  ],
  currentUser: { path: '/services/oauth2/userinfo', displayName: 'preferred_username' },
  tools: [...queryTools, ...salesTools, ...recordTools],
};
