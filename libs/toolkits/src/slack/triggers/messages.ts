import { z } from 'zod';
import { triggerType, type TriggerSpec } from '../../trigger.js';
import { text, textOrNull } from '../../triggers/reading.js';
import { slackEvent } from './event.js';

const channelId = z.string().optional().describe('Only in this channel.');
const nullable = (what: string) => z.string().nullable().describe(what);
const message = {
  channel: z.string().describe('Id of the channel.'),
  text: z.string().describe('What it says.'),
  ts: z.string().describe("Slack's time of it, which names it in its channel."),
  channel_type: nullable('`channel`, `group`, `im` or `mpim`.'),
  team_id: nullable('Id of the workspace.'),
  bot_id: nullable('Id of the bot that wrote it.'),
};
const userMessage = z.object({ ...message, user: nullable('Id of who wrote it.') });

type Event = Record<string, unknown>;

function messageOf(event: Event, teamId: string) {
  return {
    channel: text(event['channel']),
    text: text(event['text']),
    ts: text(event['ts']),
    channel_type: textOrNull(event['channel_type']),
    team_id: textOrNull(event['team']) ?? textOrNull(teamId),
    bot_id: textOrNull(event['bot_id']),
  };
}

/** What tells of a message rather than being one: it was changed, somebody came. */
const NEW_MESSAGES = new Set(['', 'thread_broadcast', 'file_share', 'me_message', 'bot_message']);
const isNew = (event: Event) => NEW_MESSAGES.has(text(event['subtype']));
const isBots = (event: Event) => text(event['bot_id']) !== '';

const HISTORY = 'The app must be subscribed to the message events, and be in the channel.';

interface ChannelSettings {
  channel_id?: string | undefined;
  is_bot_message?: boolean | undefined;
}

/** Messages of people in one kind of channel, or in all of them. */
function messageTrigger(about: {
  slug: string;
  name: string;
  description: string;
  channelType?: string;
}): TriggerSpec {
  const { channelType, ...described } = about;
  return triggerType({
    ...described,
    instructions: HISTORY,
    config: z.object({}),
    payload: userMessage,
    webhook: slackEvent('message', (event, team) =>
      isNew(event) && !isBots(event) && (!channelType || text(event['channel_type']) === channelType)
        ? { payload: { ...messageOf(event, team), user: textOrNull(event['user']) } }
        : undefined,
    ),
  });
}

export const messageTriggers: TriggerSpec[] = [
  triggerType({
    slug: 'SLACK_CHANNEL_MESSAGE_RECEIVED',
    name: 'Message in a channel',
    description: 'Somebody writes a message in a channel, public or private.',
    instructions: HISTORY,
    config: z.object({
      channel_id: channelId,
      is_bot_message: z
        .boolean()
        .optional()
        .describe('true: only those of bots; false: only those of people.'),
    }),
    payload: userMessage,
    webhook: slackEvent('message', (event, team) =>
      isNew(event) && ['channel', 'group'].includes(text(event['channel_type']))
        ? {
            payload: { ...messageOf(event, team), user: textOrNull(event['user']) },
            matches: ({ channel_id: wanted, is_bot_message: bots }: ChannelSettings) =>
              (!wanted || wanted === event['channel']) && (bots === undefined || bots === isBots(event)),
          }
        : undefined,
    ),
  }),
  messageTrigger({
    slug: 'SLACK_DIRECT_MESSAGE_RECEIVED',
    name: 'Direct message',
    description: 'Somebody writes a direct message to the account.',
    channelType: 'im',
  }),
  messageTrigger({
    slug: 'SLACK_RECEIVE_MESSAGE',
    name: 'Message',
    description: 'Somebody writes a message, wherever the account may see it.',
  }),
  messageTrigger({
    slug: 'SLACK_RECEIVE_DIRECT_MESSAGE',
    name: 'Direct message, first form',
    description: 'Somebody writes a direct message to the account.',
    channelType: 'im',
  }),
  messageTrigger({
    slug: 'SLACK_RECEIVE_GROUP_MESSAGE',
    name: 'Message in a private channel',
    description: 'Somebody writes a message in a private channel of the account.',
    channelType: 'group',
  }),
  messageTrigger({
    slug: 'SLACK_RECEIVE_MPIM_MESSAGE',
    name: 'Message in a group conversation',
    description: 'Somebody writes a message in a conversation of several people, the account among them.',
    channelType: 'mpim',
  }),
  triggerType({
    slug: 'SLACK_RECEIVE_BOT_MESSAGE',
    name: 'Message of a bot',
    description: 'A bot writes a message, wherever the account may see it.',
    instructions: HISTORY,
    config: z.object({}),
    payload: z.object({
      ...message,
      bot_id: z.string().describe('Id of the bot that wrote it.'),
      subtype: z.string().describe('`bot_message`, or empty.'),
      username: nullable('The name under which it was written.'),
    }),
    webhook: slackEvent('message', (event, team) =>
      isNew(event) && isBots(event)
        ? {
            payload: {
              ...messageOf(event, team),
              bot_id: text(event['bot_id']),
              subtype: text(event['subtype']),
              username: textOrNull(event['username']),
            },
          }
        : undefined,
    ),
  }),
  triggerType({
    slug: 'SLACK_RECEIVE_THREAD_REPLY',
    name: 'Reply in a thread',
    description: 'Somebody replies in a thread, wherever the account may see it.',
    instructions: HISTORY,
    config: z.object({}),
    payload: z.object({
      ...message,
      user: nullable('Id of who wrote it.'),
      thread_ts: z.string().describe('The message that the thread hangs on.'),
      parent_user_id: nullable('Id of who wrote that.'),
      reply_count: z.int().nullable().describe('Replies so far, where Slack tells.'),
    }),
    webhook: slackEvent('message', (event, team) => {
      const thread = text(event['thread_ts']);
      if (!isNew(event) || thread === '' || thread === text(event['ts'])) return undefined;
      const { user, parent_user_id: parent, reply_count: count } = event;
      return {
        payload: {
          ...messageOf(event, team),
          user: textOrNull(user),
          thread_ts: thread,
          parent_user_id: textOrNull(parent),
          reply_count: typeof count === 'number' ? count : null,
        },
      };
    }),
  }),
];
