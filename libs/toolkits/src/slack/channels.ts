import { z } from 'zod';
import { httpTool, type HttpTool } from '../toolkit.js';

const cursor = z.string().optional().describe('`next_cursor` of the page before.');

export const channelTools: HttpTool[] = [
  httpTool({
    slug: 'SLACK_LIST_ALL_CHANNELS',
    name: 'List all channels',
    description: 'Lists the channels of the workspace that the connected account can see.',
    method: 'GET',
    path: '/conversations.list',
    input: z.object({
      types: z
        .string()
        .optional()
        .describe('Kinds joined by commas: public_channel, private_channel, mpim, im.'),
      exclude_archived: z.boolean().optional().describe('Whether archived channels are left out.'),
      limit: z.int().min(1).max(999).default(100).describe('Channels at most.'),
      cursor,
    }),
    tags: ['important', 'readOnlyHint'],
    scopes: ['channels:read'],
  }),
  httpTool({
    slug: 'SLACK_LIST_ALL_USERS',
    name: 'List all users',
    description: 'Lists the people and bots of the workspace.',
    method: 'GET',
    path: '/users.list',
    input: z.object({
      include_locale: z.boolean().optional().describe("Whether each person's language is told."),
      limit: z.int().min(1).max(999).default(100).describe('People at most.'),
      cursor,
    }),
    tags: ['important', 'readOnlyHint'],
    scopes: ['users:read'],
  }),
];
