import { z } from 'zod';
import { icon } from '../icon.js';
import { requestTool, type ToolkitSpec } from '../toolkit.js';
import { path } from '../tool-runtime.js';

const Thing = z.looseObject({ id: z.string() });
const flag = (what: string) => z.boolean().optional().describe(what);
const snowflake = (what: string) => z.string().regex(/^\d+$/, 'must be a number').describe(what);

/** https://docs.discord.com/developers/reference: what a person's own token may do. */
export const discord: ToolkitSpec = {
  slug: 'discord',
  name: 'Discord',
  description: "A person's own profile, servers, connections and invitations on Discord.",
  logo: icon('#5865f2', '<path d="M7 8c3-2 7-2 10 0l2 8c-2 1.500-3 2-5 2l-1-2h-2l-1 2c-2 0-3-.5-5-2z"/>'),
  categories: ['team chat'],
  version: '20261122_00',
  baseUrl: 'https://discord.com/api/v10',
  auth: [
    {
      scheme: 'OAUTH2',
      authorizationUrl: 'https://discord.com/oauth2/authorize',
      tokenUrl: 'https://discord.com/api/oauth2/token',
      revocationUrl: 'https://discord.com/api/oauth2/token/revoke',
      scopes: ['identify', 'email', 'guilds', 'guilds.members.read', 'connections'],
    },
  ],
  currentUser: { path: '/users/@me', displayName: 'username' },
  tools: [
    requestTool({
      slug: 'DISCORD_GET_MY_USER',
      name: 'Get my user',
      description: 'Reads the profile of the connected person: name, picture, language.',
      input: z.object({}),
      output: Thing,
      tags: ['important', 'readOnlyHint'],
      scopes: ['identify'],
      request: () => ({ method: 'GET', url: '/users/@me' }),
    }),
    requestTool({
      slug: 'DISCORD_LIST_MY_GUILDS',
      name: 'List my guilds',
      description: 'Lists the servers that the connected person is in.',
      input: z.object({
        before: snowflake('Only those before this id.').optional(),
        after: snowflake('Only those after this id.').optional(),
        limit: z.int().min(1).max(200).optional().describe('How many at most.'),
        with_counts: flag('Whether the number of members is told.'),
      }),
      output: z.object({ guilds: z.array(Thing) }),
      tags: ['important', 'readOnlyHint'],
      scopes: ['guilds'],
      request: (query) => ({ method: 'GET', url: '/users/@me/guilds', query }),
      answer: (guilds) => ({ guilds }),
    }),
    requestTool({
      slug: 'DISCORD_GET_MY_GUILD_MEMBER',
      name: 'Get my guild member',
      description: 'Tells what the connected person is in a server: nickname, roles, since when.',
      input: z.object({ guild_id: snowflake('Id of the server.') }),
      output: z.looseObject({ roles: z.array(z.string()).optional() }),
      tags: ['readOnlyHint'],
      scopes: ['guilds.members.read'],
      request: ({ guild_id }) => ({ method: 'GET', url: path`/users/@me/guilds/${guild_id}/member` }),
    }),
    requestTool({
      slug: 'DISCORD_LIST_MY_CONNECTIONS',
      name: 'List my connections',
      description: "Lists the connected person's accounts elsewhere that are linked to Discord.",
      input: z.object({}),
      output: z.object({ connections: z.array(Thing) }),
      tags: ['readOnlyHint'],
      scopes: ['connections'],
      request: () => ({ method: 'GET', url: '/users/@me/connections' }),
      answer: (connections) => ({ connections }),
    }),
    requestTool({
      slug: 'DISCORD_GET_INVITE',
      name: 'Get invite',
      description: 'Tells which server and channel an invitation leads to.',
      input: z.object({
        invite_code: z.string().min(1).describe('Code of the invitation, the end of its address.'),
        guild_scheduled_event_id: snowflake('Id of an event of the server.').optional(),
        with_counts: flag('Whether the number of members is told.'),
        with_expiration: flag('Whether it is told when it ends.'),
      }),
      output: z.looseObject({ code: z.string() }),
      tags: ['readOnlyHint'],
      request: ({ invite_code, ...query }) => ({ method: 'GET', url: path`/invites/${invite_code}`, query }),
    }),
  ],
};
