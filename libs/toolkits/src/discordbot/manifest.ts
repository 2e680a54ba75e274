import { authField } from '../auth-spec.js';
import { icon } from '../icon.js';
import type { ToolkitSpec } from '../toolkit.js';
import { guildTools } from './guilds.js';
import { messageTools } from './messages.js';
import { discordbotTriggers } from './triggers/index.js';

/** https://docs.discord.com/developers/reference: what a bot may do in the servers that it was added to. */
export const discordbot: ToolkitSpec = {
  slug: 'discordbot',
  name: 'Discord Bot',
  description: 'Messages, channels and members of Discord servers, through a bot.',
  logo: icon(
    '#404eed',
    '<rect x="6" y="9" width="12" height="8" rx="2"/><path d="M12 9V5M9.500 13h.01M14.500 13h.01"/>',
  ),
  categories: ['team chat'],
  version: '20261122_00',
  baseUrl: 'https://discord.com/api/v10',
  auth: [
    {
      scheme: 'BEARER_TOKEN',
      placement: { headers: { authorization: 'Bot {token}' } },
      connectionFields: [
        authField('application_id', 'Application id', {
          required: false,
          description: 'Of the bot, if known.',
        }),
      ],
      helpUrl: 'https://discord.com/developers/applications',
    },
  ],
  currentUser: { path: '/users/@me', displayName: 'username' },
  tools: [...messageTools, ...guildTools],
  triggers: discordbotTriggers,
};
