import { z } from 'zod';
import { functionTool, requestTool, type ToolSpec } from '../toolkit.js';
import { call, channel, cursor, flag, limit, Ok, Page, types } from './fields.js';
import { findInPages } from './find-in-pages.js';

const Channel = z.looseObject({ id: z.string(), name: z.string().optional() });
const Channels = Page.extend({ channels: z.array(Channel) });
const channelName = z.string().min(1).max(80).describe('Name: lower case, digits, hyphens.');

const words = ({ name, topic, purpose }: Record<string, unknown>): string[] =>
  [name, ...[topic, purpose].map((about) => (about as { value?: string } | undefined)?.value)].filter(
    (text): text is string => typeof text === 'string',
  );

const change = (slug: string, name: string, description: string, method: string) =>
  requestTool({
    slug,
    name,
    description,
    input: z.object({ channel }),
    output: Ok,
    covers: [`POST /${method}`],
    tags: ['idempotentHint'],
    scopes: ['channels:manage'],
    request: (given) => call(method, given),
  });

export const channelTools: ToolSpec[] = [
  requestTool({
    slug: 'SLACK_LIST_ALL_CHANNELS',
    name: 'List all channels',
    description: 'Lists the channels of the workspace that the connected account can see.',
    input: z.object({
      types,
      exclude_archived: flag('archived channels are left out'),
      limit: limit('Channels').default(100),
      cursor,
      channel_name: z.string().optional().describe('Only those of this page whose name holds this.'),
    }),
    output: Channels,
    covers: ['GET /conversations.list'],
    tags: ['important', 'readOnlyHint'],
    scopes: ['channels:read'],
    request: (given) => call('conversations.list', { ...given, channel_name: undefined }),
    answer: (body, { channel_name }) => {
      const page = Channels.parse(body);
      if (!channel_name) return page;
      const wanted = channel_name.replace(/^#/, '').toLowerCase();
      return { ...page, channels: page.channels.filter(({ name }) => name?.toLowerCase().includes(wanted)) };
    },
  }),
  requestTool({
    slug: 'SLACK_LIST_CONVERSATIONS',
    name: 'List conversations',
    description: 'Lists the channels and direct messages that a person takes part in.',
    input: z.object({
      user: z.string().optional().describe('Id of the person; without it, the account itself.'),
      types,
      exclude_archived: flag('archived ones are left out'),
      limit: limit('Conversations').default(100),
      cursor,
    }),
    output: Channels,
    covers: ['GET /users.conversations'],
    tags: ['readOnlyHint'],
    scopes: ['channels:read'],
    request: (given) => call('users.conversations', given),
  }),
  functionTool({
    slug: 'SLACK_FIND_CHANNELS',
    name: 'Find channels',
    description: 'Finds channels whose name, topic or purpose holds a word.',
    input: z.object({
      search_query: z.string().min(1).describe('Word to find.'),
      exact_match: z
        .boolean()
        .default(false)
        .describe('Whether it must be the whole name, topic or purpose.'),
      exclude_archived: z.boolean().default(true).describe('Whether archived channels are left out.'),
      member_only: z.boolean().default(false).describe('Only channels that the account is in.'),
      types,
      limit: z.int().min(1).max(200).default(50).describe('Channels at most.'),
    }),
    output: z.object({
      channels: z.array(Channel),
      total_channels_searched: z.int(),
      next_cursor: z.string().optional().describe('Where the search stopped, if not at the end.'),
    }),
    tags: ['important', 'readOnlyHint'],
    scopes: ['channels:read'],
    run: async ({ search_query, exact_match, member_only, limit: most, ...rest }, { http }) => {
      const { found, searched, next } = await findInPages(http, {
        method: 'conversations.list',
        list: 'channels',
        fields: rest,
        most,
        query: search_query.replace(/^#/, ''),
        exact: exact_match,
        words,
        accepts: (item) => !member_only || item['is_member'] === true,
      });
      return {
        channels: found as z.output<typeof Channel>[],
        total_channels_searched: searched,
        next_cursor: next,
      };
    },
  }),
  requestTool({
    slug: 'SLACK_RETRIEVE_CONVERSATION_INFORMATION',
    name: 'Retrieve conversation information',
    description: 'Tells what is known of a channel: name, topic, purpose, who made it, how many are in it.',
    input: z.object({
      channel,
      include_locale: flag('its language is told'),
      include_num_members: flag('the number of members is told'),
    }),
    output: Ok.extend({ channel: Channel.optional() }),
    covers: ['GET /conversations.info'],
    tags: ['readOnlyHint'],
    scopes: ['channels:read'],
    request: (given) => call('conversations.info', given),
  }),
  requestTool({
    slug: 'SLACK_RETRIEVE_CONVERSATION_MEMBERS_LIST',
    name: 'Retrieve conversation members list',
    description: 'Lists the ids of the people in a channel.',
    input: z.object({ channel, limit: limit('People').default(100), cursor }),
    output: Page.extend({ members: z.array(z.string()) }),
    covers: ['GET /conversations.members'],
    tags: ['readOnlyHint'],
    scopes: ['channels:read'],
    request: (given) => call('conversations.members', given),
  }),
  requestTool({
    slug: 'SLACK_CREATE_CHANNEL',
    name: 'Create channel',
    description: 'Makes a new channel, public or private.',
    input: z.object({
      name: channelName,
      is_private: flag('only those invited see it'),
      team_id: z.string().optional().describe('Id of the workspace, for tokens of an organisation.'),
    }),
    output: Ok.extend({ channel: Channel.optional() }),
    covers: ['POST /conversations.create'],
    tags: [],
    scopes: ['channels:manage'],
    request: (given) => call('conversations.create', given),
  }),
  requestTool({
    slug: 'SLACK_INVITE_USERS_TO_A_SLACK_CHANNEL',
    name: 'Invite users to a channel',
    description: 'Adds people to a channel.',
    input: z.object({ channel, users: z.string().min(1).describe('Ids of the people, joined by commas.') }),
    output: Ok.extend({ channel: Channel.optional() }),
    covers: ['POST /conversations.invite'],
    tags: ['idempotentHint'],
    scopes: ['channels:write.invites'],
    request: (given) => call('conversations.invite', given),
  }),
  requestTool({
    slug: 'SLACK_OPEN_DM',
    name: 'Open DM',
    description: 'Opens a direct message with one or several people, and tells its channel id to post to.',
    input: z.object({
      users: z.string().optional().describe('Ids of the people, joined by commas.'),
      channel: z.string().optional().describe('Id of a direct message to open again, instead of people.'),
      return_im: z.boolean().default(true).describe('Whether all is told of the channel.'),
    }),
    output: Ok.extend({ channel: Channel.optional(), already_open: z.boolean().optional() }),
    covers: ['POST /conversations.open'],
    tags: ['idempotentHint'],
    scopes: ['im:write'],
    request: (given) => call('conversations.open', given),
  }),
  requestTool({
    slug: 'SLACK_RENAME_CONVERSATION',
    name: 'Rename conversation',
    description: 'Gives a channel another name.',
    input: z.object({ channel, name: channelName }),
    output: Ok,
    tags: ['idempotentHint'],
    scopes: ['channels:manage'],
    request: (given) => call('conversations.rename', given),
  }),
  requestTool({
    slug: 'SLACK_SET_THE_TOPIC_OF_A_CONVERSATION',
    name: 'Set the topic of a conversation',
    description: 'Sets the topic shown at the top of a channel.',
    input: z.object({ channel, topic: z.string().max(250).describe('The topic.') }),
    output: Ok,
    covers: ['POST /conversations.setTopic'],
    tags: ['idempotentHint'],
    scopes: ['channels:manage'],
    request: (given) => call('conversations.setTopic', given),
  }),
  requestTool({
    slug: 'SLACK_SET_CONVERSATION_PURPOSE',
    name: 'Set conversation purpose',
    description: 'Sets what a channel is for.',
    input: z.object({ channel, purpose: z.string().max(250).describe('What it is for.') }),
    output: Ok,
    covers: ['POST /conversations.setPurpose'],
    tags: ['idempotentHint'],
    scopes: ['channels:manage'],
    request: (given) => call('conversations.setPurpose', given),
  }),
  change(
    'SLACK_ARCHIVE_CONVERSATION',
    'Archive conversation',
    'Puts a channel away; it can still be read.',
    'conversations.archive',
  ),
  change(
    'SLACK_UNARCHIVE_CHANNEL',
    'Unarchive channel',
    'Opens a channel again that was put away.',
    'conversations.unarchive',
  ),
  change(
    'SLACK_JOIN_AN_EXISTING_CONVERSATION',
    'Join an existing conversation',
    'Has the account join a public channel.',
    'conversations.join',
  ),
  change(
    'SLACK_LEAVE_CONVERSATION',
    'Leave conversation',
    'Has the account leave a channel.',
    'conversations.leave',
  ),
];
