import { z } from 'zod';
import { httpTool, type HttpTool } from '../toolkit.js';

const channel = z.string().min(1).describe('Id of the channel, such as C0123456789, or its name.');
const threadTs = z.string().optional().describe('`ts` of the message whose thread is meant.');

export const messageTools: HttpTool[] = [
  httpTool({
    slug: 'SLACK_SEND_MESSAGE',
    name: 'Send message',
    description: 'Posts a message into a channel, a direct message or a thread, as the connected account.',
    method: 'POST',
    path: '/chat.postMessage',
    input: z.object({
      channel,
      text: z
        .string()
        .optional()
        .describe("The message, in Slack's own markup; either this or markdown_text or blocks."),
      markdown_text: z.string().optional().describe('The message in Markdown.'),
      blocks: z.string().optional().describe('Block Kit blocks as a JSON text.'),
      thread_ts: threadTs,
      reply_broadcast: z
        .boolean()
        .optional()
        .describe('Whether a reply in a thread is shown in the channel too.'),
      unfurl_links: z.boolean().optional().describe('Whether links are shown with a preview.'),
    }),
    tags: ['important', 'openWorldHint'],
    scopes: ['chat:write'],
  }),
  httpTool({
    slug: 'SLACK_FETCH_CONVERSATION_HISTORY',
    name: 'Fetch conversation history',
    description: 'Reads the messages of a channel, newest first, between two points in time if wanted.',
    method: 'GET',
    path: '/conversations.history',
    input: z.object({
      channel,
      limit: z.int().min(1).max(999).default(20).describe('Messages at most.'),
      oldest: z.string().optional().describe('Only messages after this `ts`.'),
      latest: z.string().optional().describe('Only messages before this `ts`.'),
      inclusive: z.boolean().optional().describe('Whether messages at oldest and latest count.'),
      cursor: z.string().optional().describe('`next_cursor` of the page before.'),
    }),
    tags: ['important', 'readOnlyHint'],
    scopes: ['channels:history'],
  }),
  httpTool({
    slug: 'SLACK_ADD_REACTION_TO_AN_ITEM',
    name: 'Add reaction to an item',
    description: 'Puts an emoji under a message.',
    method: 'POST',
    path: '/reactions.add',
    input: z.object({
      channel,
      timestamp: z.string().describe('`ts` of the message.'),
      name: z.string().min(1).describe('Name of the emoji without colons, such as thumbsup.'),
    }),
    tags: ['important', 'idempotentHint'],
    scopes: ['reactions:write'],
  }),
];
