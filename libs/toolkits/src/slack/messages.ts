import { z } from 'zod';
import { requestTool, type ToolSpec } from '../toolkit.js';
import { call, channel, cursor, flag, limit, Ok, Page, ts, user } from './fields.js';

const content = {
  text: z
    .string()
    .optional()
    .describe("The message, in Slack's own markup; either this or markdown_text or blocks."),
  markdown_text: z.string().optional().describe('The message in Markdown.'),
  blocks: z.string().optional().describe('Block Kit blocks as a JSON text.'),
  attachments: z.string().optional().describe('Older attachments as a JSON text.'),
  as_user: flag('it is sent as the person rather than the app; of old apps only'),
  link_names: flag('names in it become links'),
  parse: z.string().optional().describe('full or none: how much of the text is read as markup.'),
};
const thread = z.string().optional().describe('`ts` of the message whose thread is meant.');
const looks = {
  icon_emoji: z.string().optional().describe('Emoji for a picture, such as :robot_face:.'),
  icon_url: z.string().optional().describe('Address of a picture.'),
  username: z.string().optional().describe('Name that it is sent under.'),
};
const unfurling = {
  unfurl_links: flag('links are shown with a preview'),
  unfurl_media: flag('pictures and films are shown with a preview'),
};
const posting = {
  channel,
  ...content,
  fallback_text: z.string().optional().describe('Text for notifications, beside blocks.'),
  thread_ts: thread,
  reply_broadcast: flag('a reply in a thread is shown in the channel too'),
  mrkdwn: flag("Slack's markup in the text is read; it is"),
  ...unfurling,
  ...looks,
};
const Posted = Ok.extend({ channel: z.string().optional(), ts: z.string().optional() });
const window = {
  oldest: z.string().optional().describe('Only messages after this `ts`.'),
  latest: z.string().optional().describe('Only messages before this `ts`.'),
  inclusive: flag('messages at oldest and latest count'),
  cursor,
};

const post = (slug: string, name: string, description: string, tags: string[]) =>
  requestTool({
    slug,
    name,
    description,
    input: z.object(posting),
    output: Posted,
    tags,
    scopes: ['chat:write'],
    request: ({ fallback_text, text = fallback_text, ...rest }) =>
      call('chat.postMessage', { text, ...rest }),
  });

export const messageTools: ToolSpec[] = [
  post(
    'SLACK_SEND_MESSAGE',
    'Send message',
    'Posts a message into a channel, a direct message or a thread, as the connected account.',
    ['important', 'openWorldHint'],
  ),
  post(
    'SLACK_CHAT_POST_MESSAGE',
    'Post message',
    'Posts a message into a channel; SLACK_SEND_MESSAGE does the same and is the newer name.',
    ['openWorldHint'],
  ),
  requestTool({
    slug: 'SLACK_UPDATES_A_SLACK_MESSAGE',
    name: 'Update a message',
    description: 'Changes the text or blocks of a message that the account posted before.',
    input: z.object({ channel, ts, ...content }),
    output: Posted,
    covers: ['POST /chat.update'],
    tags: ['idempotentHint', 'destructiveHint'],
    scopes: ['chat:write'],
    request: (given) => call('chat.update', given),
  }),
  requestTool({
    slug: 'SLACK_DELETES_A_MESSAGE_FROM_A_CHAT',
    name: 'Delete a message',
    description: 'Deletes a message that the account posted.',
    input: z.object({ channel, ts, as_user: content.as_user }),
    output: Posted,
    covers: ['POST /chat.delete'],
    tags: ['destructiveHint', 'idempotentHint'],
    scopes: ['chat:write'],
    request: (given) => call('chat.delete', given),
  }),
  requestTool({
    slug: 'SLACK_SCHEDULE_MESSAGE',
    name: 'Schedule message',
    description: 'Has a message posted at a later time, within 120 days.',
    input: z.object({
      channel,
      post_at: z.string().min(1).describe('When, in seconds since 1970.'),
      ...content,
      thread_ts: thread,
      reply_broadcast: posting.reply_broadcast,
      ...unfurling,
    }),
    output: Ok.extend({ scheduled_message_id: z.string().optional() }),
    covers: ['POST /chat.scheduleMessage'],
    tags: ['openWorldHint'],
    scopes: ['chat:write'],
    request: (given) => call('chat.scheduleMessage', given),
  }),
  requestTool({
    slug: 'SLACK_SEND_EPHEMERAL_MESSAGE',
    name: 'Send ephemeral message',
    description: 'Shows a message in a channel to one person only, until they reload.',
    input: z.object({ channel, user, ...content, thread_ts: thread, ...looks }),
    output: Ok.extend({ message_ts: z.string().optional() }),
    covers: ['POST /chat.postEphemeral'],
    tags: ['openWorldHint'],
    scopes: ['chat:write'],
    request: (given) => call('chat.postEphemeral', given),
  }),
  requestTool({
    slug: 'SLACK_FETCH_CONVERSATION_HISTORY',
    name: 'Fetch conversation history',
    description: 'Reads the messages of a channel, newest first, between two points in time if wanted.',
    input: z.object({ channel, limit: limit('Messages').default(20), ...window }),
    output: Page.extend({ messages: z.array(z.looseObject({})), has_more: z.boolean().optional() }),
    covers: ['GET /conversations.history'],
    tags: ['important', 'readOnlyHint'],
    scopes: ['channels:history'],
    request: (given) => call('conversations.history', given),
  }),
  requestTool({
    slug: 'SLACK_FETCH_MESSAGE_THREAD_FROM_A_CONVERSATION',
    name: 'Fetch message thread',
    description: 'Reads a message and all replies in its thread, oldest first.',
    input: z.object({ channel, ts, limit: limit('Messages').default(20), ...window }),
    output: Page.extend({ messages: z.array(z.looseObject({})) }),
    covers: ['GET /conversations.replies'],
    tags: ['readOnlyHint'],
    scopes: ['channels:history'],
    request: (given) => call('conversations.replies', given),
  }),
  requestTool({
    slug: 'SLACK_SEARCH_MESSAGES',
    name: 'Search messages',
    description:
      'Finds messages by words, with Slack\'s filters such as "in:#deploys from:@ann after:2026-03-01".',
    input: z.object({
      query: z.string().min(1).describe('What to find.'),
      count: z.int().min(1).max(100).default(20).describe('Messages a page.'),
      page: z.int().min(1).max(100).optional().describe('Which page, from 1.'),
      highlight: flag('the words found are marked'),
      sort: z.enum(['score', 'timestamp']).optional().describe('By how well it fits, or by time.'),
      sort_dir: z.enum(['asc', 'desc']).optional().describe('Which way.'),
    }),
    output: Ok.extend({ messages: z.looseObject({}).optional() }),
    tags: ['important', 'readOnlyHint'],
    scopes: ['search:read'],
    token: 'user',
    request: (given) => call('search.messages', given),
  }),
  requestTool({
    slug: 'SLACK_ADD_REACTION_TO_AN_ITEM',
    name: 'Add reaction to an item',
    description: 'Puts an emoji under a message.',
    input: z.object({
      channel,
      timestamp: ts,
      name: z.string().min(1).describe('Name of the emoji without colons, such as thumbsup.'),
    }),
    output: Ok,
    covers: ['POST /reactions.add'],
    tags: ['important', 'idempotentHint'],
    scopes: ['reactions:write'],
    request: (given) => call('reactions.add', given),
  }),
  requestTool({
    slug: 'SLACK_REMOVE_REACTION_FROM_ITEM',
    name: 'Remove reaction from item',
    description: 'Takes an emoji of the account from under a message.',
    input: z.object({
      channel,
      timestamp: ts,
      name: z.string().min(1).describe('Name of the emoji without colons.'),
    }),
    output: Ok,
    covers: ['POST /reactions.remove'],
    tags: ['idempotentHint'],
    scopes: ['reactions:write'],
    request: (given) => call('reactions.remove', given),
  }),
  requestTool({
    slug: 'SLACK_PIN_ITEM',
    name: 'Pin item',
    description: 'Pins a message to its channel.',
    input: z.object({ channel, timestamp: ts }),
    output: Ok,
    covers: ['POST /pins.add'],
    tags: ['idempotentHint'],
    scopes: ['pins:write'],
    request: (given) => call('pins.add', given),
  }),
  requestTool({
    slug: 'SLACK_UNPIN_ITEM',
    name: 'Unpin item',
    description: 'Takes a pinned message off its channel; the message itself stays.',
    input: z.object({ channel, timestamp: ts }),
    output: Ok,
    covers: ['POST /pins.remove'],
    tags: ['idempotentHint'],
    scopes: ['pins:write'],
    request: (given) => call('pins.remove', given),
  }),
  requestTool({
    slug: 'SLACK_LIST_PINNED_ITEMS',
    name: 'List pinned items',
    description: 'Lists what is pinned to a channel.',
    input: z.object({ channel }),
    output: Ok.extend({ items: z.array(z.looseObject({})).optional() }),
    covers: ['GET /pins.list'],
    tags: ['readOnlyHint'],
    scopes: ['pins:read'],
    request: (given) => call('pins.list', given),
  }),
  requestTool({
    slug: 'SLACK_CREATE_A_REMINDER',
    name: 'Create a reminder',
    description: 'Has Slack remind a person of something at a time said in words or in seconds since 1970.',
    input: z.object({
      text: z.string().min(1).describe('What of.'),
      time: z.string().min(1).describe('When: "in 15 minutes", "every Thursday", or seconds since 1970.'),
      user: user.optional().describe('Id of the person; without it, the account itself.'),
    }),
    output: Ok.extend({ reminder: z.looseObject({}).optional() }),
    covers: ['POST /reminders.add'],
    tags: [],
    scopes: ['reminders:write'],
    token: 'user',
    request: (given) => call('reminders.add', given),
  }),
];
