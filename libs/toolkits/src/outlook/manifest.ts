import { icon } from '../icon.js';
import type { ToolkitSpec } from '../toolkit.js';
import { attachmentTools } from './attachments.js';
import { calendarTools } from './calendar.js';
import { mailTools } from './mail.js';
import { mailboxTools } from './mailbox.js';
import { sendingTools } from './sending.js';
import { outlookTriggers } from './triggers/index.js';

/** https://learn.microsoft.com/graph/api/overview, version 1.0 */
export const outlook: ToolkitSpec = {
  slug: 'outlook',
  name: 'Outlook',
  description: 'Mail, calendar and contacts of Outlook and Microsoft 365.',
  logo: icon('#0f6cbd', '<rect x="5" y="7" width="14" height="10" rx="1"/><path d="M5 8l7 5 7-5"/>'),
  categories: ['email'],
  version: '20261122_00',
  baseUrl: 'https://graph.microsoft.com/v1.0',
  auth: [
    {
      scheme: 'OAUTH2',
      authorizationUrl: 'https://login.microsoftonline.com/common/oauth2/v2.0/authorize',
      tokenUrl: 'https://login.microsoftonline.com/common/oauth2/v2.0/token',
      scopes: [
        'offline_access',
        'User.Read',
        'Mail.ReadWrite',
        'Mail.Send',
        'Calendars.ReadWrite',
        'Calendars.Read.Shared',
        'Contacts.ReadWrite',
      ],
    },
    { scheme: 'BEARER_TOKEN', helpUrl: 'https://developer.microsoft.com/graph/graph-explorer' },
  ],
  currentUser: { path: '/me', displayName: 'userPrincipalName' },
  tools: [...sendingTools, ...mailTools, ...attachmentTools, ...mailboxTools, ...calendarTools],
  triggers: outlookTriggers,
};
