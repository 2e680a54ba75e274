import { describeToolkit, one, shipped } from '../describe-toolkit.js';

const API = 'https://discord.com/api/v10';
const thing = { id: '1' };

describeToolkit(
  shipped('discordbot'),
  [
    one(
      'DISCORDBOT_CREATE_MESSAGE',
      {
        channel_id: '5',
        content: 'Hi',
        message_reference: { message_id: '9' },
        allowed_mentions: { parse: [] },
      },
      `POST ${API}/channels/5/messages`,
      {
        headers: { authorization: 'Bot test-token' },
        body: { content: 'Hi', message_reference: { message_id: '9' }, allowed_mentions: { parse: [] } },
        answer: thing,
      },
    ),
    one(
      'DISCORDBOT_LIST_MESSAGES',
      { channel_id: '5', before: '9', limit: 2 },
      `GET ${API}/channels/5/messages?before=9&limit=2`,
      {
        answer: [thing],
        data: { messages: [thing] },
      },
    ),
    one(
      'DISCORDBOT_UPDATE_MESSAGE',
      { channel_id: '5', message_id: '1', content: 'New' },
      `PATCH ${API}/channels/5/messages/1`,
      {
        body: { content: 'New' },
        answer: thing,
      },
    ),
    one(
      'DISCORDBOT_DELETE_MESSAGE',
      { channel_id: '5', message_id: '1' },
      `DELETE ${API}/channels/5/messages/1`,
      {
        status: 204,
        answer: '',
        data: { success: true },
      },
    ),
    one(
      'DISCORDBOT_ADD_MY_MESSAGE_REACTION',
      { channel_id: '5', message_id: '1', emoji_name: '🎉' },
      `PUT ${API}/channels/5/messages/1/reactions/🎉/@me`,
      {
        status: 204,
        answer: '',
        data: { success: true },
      },
    ),
    one('DISCORDBOT_CREATE_DM', { recipient_id: '8' }, `POST ${API}/users/@me/channels`, {
      body: { recipient_id: '8' },
      answer: thing,
    }),
    one(
      'DISCORDBOT_GET_GUILD',
      { guild_id: '7', with_counts: true },
      `GET ${API}/guilds/7?with_counts=true`,
      { answer: thing },
    ),
    one('DISCORDBOT_LIST_GUILD_CHANNELS', { guild_id: '7' }, `GET ${API}/guilds/7/channels`, {
      answer: [thing],
      data: { channels: [thing] },
    }),
    one('DISCORDBOT_LIST_GUILD_MEMBERS', { guild_id: '7', limit: 5 }, `GET ${API}/guilds/7/members?limit=5`, {
      answer: [{ user: thing }],
      data: { members: [{ user: thing }] },
    }),
    one('DISCORDBOT_GET_CHANNEL', { channel_id: '5' }, `GET ${API}/channels/5`, { answer: thing }),
    one(
      'DISCORDBOT_CREATE_GUILD_CHANNEL',
      { guild_id: '7', name: 'plans', type: 0 },
      `POST ${API}/guilds/7/channels`,
      {
        body: { name: 'plans', type: 0 },
        status: 201,
        answer: thing,
      },
    ),
  ],
  { headers: { authorization: 'Bot test-token' } },
);
