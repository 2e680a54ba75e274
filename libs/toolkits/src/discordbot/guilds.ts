import { z } from 'zod';
import { requestTool, type ToolSpec } from '../toolkit.js';
import { path } from '../tool-runtime.js';
import { id, list, text, Thing } from './fields.js';

const guild_id = id('server');

export const guildTools: ToolSpec[] = [
  requestTool({
    slug: 'DISCORDBOT_GET_GUILD',
    name: 'Get guild',
    description: 'Reads one server: name, owner, roles, emojis.',
    input: z.object({
      guild_id,
      with_counts: z.boolean().optional().describe('Whether the number of members is told.'),
    }),
    output: Thing,
    tags: ['readOnlyHint'],
    request: ({ guild_id: guild, ...query }) => ({ method: 'GET', url: path`/guilds/${guild}`, query }),
  }),
  requestTool({
    slug: 'DISCORDBOT_LIST_GUILD_CHANNELS',
    name: 'List guild channels',
    description: 'Lists the channels of a server.',
    input: z.object({ guild_id }),
    output: z.object({ channels: z.array(Thing) }),
    tags: ['important', 'readOnlyHint'],
    request: ({ guild_id: guild }) => ({ method: 'GET', url: path`/guilds/${guild}/channels` }),
    answer: (channels) => ({ channels }),
  }),
  requestTool({
    slug: 'DISCORDBOT_LIST_GUILD_MEMBERS',
    name: 'List guild members',
    description: 'Lists the members of a server; the bot needs the intent for it.',
    input: z.object({
      guild_id,
      limit: z.int().min(1).max(1000).optional().describe('How many at most; 1 unless said otherwise.'),
      after: z.union([z.int(), z.string()]).optional().describe('Id of the last person of the page before.'),
    }),
    output: z.object({ members: z.array(z.looseObject({})) }),
    tags: ['readOnlyHint'],
    request: ({ guild_id: guild, ...query }) => ({
      method: 'GET',
      url: path`/guilds/${guild}/members`,
      query,
    }),
    answer: (members) => ({ members }),
  }),
  requestTool({
    slug: 'DISCORDBOT_GET_CHANNEL',
    name: 'Get channel',
    description: 'Reads one channel: name, kind, topic, server.',
    input: z.object({ channel_id: id('channel') }),
    output: Thing,
    tags: ['readOnlyHint'],
    request: ({ channel_id }) => ({ method: 'GET', url: path`/channels/${channel_id}` }),
  }),
  requestTool({
    slug: 'DISCORDBOT_CREATE_GUILD_CHANNEL',
    name: 'Create guild channel',
    description: 'Makes a new channel in a server.',
    input: z.object({
      guild_id,
      name: z.string().min(1).max(100).describe('Name of the channel.'),
      type: z.int().min(0).optional().describe('0 text, 2 voice, 4 category, 5 news, 13 stage, 15 forum.'),
      topic: text('What it is about.'),
      parent_id: id('category that it goes into').optional(),
      position: z.int().min(0).optional().describe('Place among the others.'),
      nsfw: z.boolean().optional().describe('Whether it is for adults only.'),
      rate_limit_per_user: z
        .int()
        .min(0)
        .max(21_600)
        .optional()
        .describe('Seconds between messages of one person.'),
      bitrate: z.int().min(8_000).optional().describe('Bits a second, of a voice channel.'),
      user_limit: z.int().min(0).optional().describe('People at most, of a voice channel.'),
      rtc_region: text('Region of a voice channel; chosen by Discord without it.'),
      video_quality_mode: z
        .int()
        .min(1)
        .max(2)
        .optional()
        .describe('Camera of a voice channel: 1 auto, 2 720p.'),
      default_auto_archive_duration: z
        .int()
        .optional()
        .describe('Minutes until a quiet thread is put away: 60, 1440, 4320 or 10080.'),
      default_thread_rate_limit_per_user: z
        .int()
        .min(0)
        .optional()
        .describe('Seconds between messages of one person in new threads.'),
      default_reaction_emoji: z
        .looseObject({})
        .optional()
        .describe('Reaction under posts of a forum, as {emoji_id} or {emoji_name}.'),
      default_sort_order: z
        .int()
        .min(0)
        .max(1)
        .optional()
        .describe('Posts of a forum: 0 by activity, 1 by age.'),
      default_forum_layout: z.int().min(0).max(2).optional().describe('Forum as 1 list or 2 gallery.'),
      permission_overwrites: list('Rights of roles and people.'),
    }),
    output: Thing,
    tags: [],
    request: ({ guild_id: guild, ...json }) => ({
      method: 'POST',
      url: path`/guilds/${guild}/channels`,
      body: { json },
    }),
  }),
];
