import { z } from 'zod';
import { requestTool, type ToolSpec } from '../toolkit.js';
import { path } from '../tool-runtime.js';
import { done, id, list, object, success, Thing } from './fields.js';

const channel_id = id('channel');
const message_id = id('message');
const content = {
  content: z
    .string()
    .max(2_000)
    .optional()
    .describe('Text of the message, in Markdown, 2000 letters at most.'),
  embeds: list('Boxes under the text, each with title, description, url, color, fields …'),
  components: list('Buttons and menus.'),
  allowed_mentions: object('Who is notified when named, such as {"parse": []} for nobody.'),
  attachments: list('Files that are kept.'),
  flags: z.int().min(0).optional().describe('Marks as a number, such as 4 for no previews.'),
  sticker_ids: z.array(z.string()).max(3).optional().describe('Ids of stickers, three at most.'),
};

export const messageTools: ToolSpec[] = [
  requestTool({
    slug: 'DISCORDBOT_CREATE_MESSAGE',
    name: 'Create message',
    description: 'Posts a message into a channel or a direct message, as the bot.',
    input: z.object({
      channel_id,
      ...content,
      message_reference: object('The message that it answers, as {"message_id": "…"}.'),
      nonce: z
        .union([z.int(), z.string()])
        .optional()
        .describe('A mark of your own, to know the message by.'),
      tts: z.boolean().optional().describe('Whether it is read aloud.'),
    }),
    output: Thing,
    tags: ['important', 'openWorldHint'],
    request: ({ channel_id: channel, ...json }) => ({
      method: 'POST',
      url: path`/channels/${channel}/messages`,
      body: { json },
    }),
  }),
  requestTool({
    slug: 'DISCORDBOT_LIST_MESSAGES',
    name: 'List messages',
    description: 'Reads the messages of a channel, newest first.',
    input: z.object({
      channel_id,
      around: id('message around which to read').optional(),
      before: id('message before which to read').optional(),
      after: id('message after which to read').optional(),
      limit: z.int().min(1).max(100).optional().describe('Messages at most; 50 unless said otherwise.'),
    }),
    output: z.object({ messages: z.array(Thing) }),
    tags: ['important', 'readOnlyHint'],
    request: ({ channel_id: channel, ...query }) => ({
      method: 'GET',
      url: path`/channels/${channel}/messages`,
      query,
    }),
    answer: (messages) => ({ messages }),
  }),
  requestTool({
    slug: 'DISCORDBOT_UPDATE_MESSAGE',
    name: 'Update message',
    description: 'Changes a message that the bot posted.',
    input: z.object({ channel_id, message_id, ...content }),
    output: Thing,
    tags: ['idempotentHint', 'destructiveHint'],
    request: ({ channel_id: channel, message_id: message, ...json }) => ({
      method: 'PATCH',
      url: path`/channels/${channel}/messages/${message}`,
      body: { json },
    }),
  }),
  requestTool({
    slug: 'DISCORDBOT_DELETE_MESSAGE',
    name: 'Delete message',
    description: 'Deletes a message; others’ only where the bot may manage messages.',
    input: z.object({ channel_id, message_id }),
    output: success,
    tags: ['destructiveHint', 'idempotentHint'],
    request: ({ channel_id: channel, message_id: message }) => ({
      method: 'DELETE',
      url: path`/channels/${channel}/messages/${message}`,
    }),
    answer: done,
  }),
  requestTool({
    slug: 'DISCORDBOT_ADD_MY_MESSAGE_REACTION',
    name: 'Add my message reaction',
    description: 'Puts an emoji under a message.',
    input: z.object({
      channel_id,
      message_id,
      emoji_name: z.string().min(1).describe('The emoji itself, or name:id of one of the server.'),
    }),
    output: success,
    tags: ['idempotentHint'],
    request: ({ channel_id: channel, message_id: message, emoji_name }) => ({
      method: 'PUT',
      url: path`/channels/${channel}/messages/${message}/reactions/${emoji_name}/@me`,
    }),
    answer: done,
  }),
  requestTool({
    slug: 'DISCORDBOT_CREATE_DM',
    name: 'Create DM',
    description: 'Opens a direct message with a person, and tells its channel id to post to.',
    input: z.object({
      recipient_id: id('person'),
      access_tokens: z.array(z.string()).optional().describe('Tokens of people, for a group.'),
      nicks: object('Nicknames in a group, by the id of the person.'),
    }),
    output: Thing,
    tags: ['idempotentHint'],
    request: (json) => ({ method: 'POST', url: '/users/@me/channels', body: { json } }),
  }),
];
