import { z } from 'zod';
import { triggerType, type TriggerSpec } from '../../trigger.js';
import { part, text, textOrNull } from '../../triggers/reading.js';
import { slackEvent } from './event.js';

const nullable = (what: string) => z.string().nullable().describe(what);
const payload = z.object({
  reaction: z.string().describe('Name of the emoji.'),
  user: nullable('Id of who did it.'),
  message_channel: z.string().describe('Id of the channel of the message.'),
  message_ts: z.string().describe("Slack's time of the message."),
  message_user: z.string().describe('Id of who wrote the message.'),
  event_ts: z.string().describe("Slack's time of the reaction."),
  channel_type: nullable('Kind of the channel, where Slack tells.'),
  team_id: nullable('Id of the workspace.'),
  bot_id: nullable('Id of the bot that did it.'),
});

function reactionTrigger(
  slug: string,
  kind: 'reaction_added' | 'reaction_removed',
  isOfOneChannel: boolean,
): TriggerSpec {
  const what = kind === 'reaction_added' ? 'puts a reaction on' : 'takes a reaction from';
  return triggerType({
    slug,
    name: kind === 'reaction_added' ? 'Reaction added' : 'Reaction removed',
    description: `Somebody ${what} a message, wherever the account may see it.`,
    instructions: `The app must be subscribed to ${kind}, with the scope reactions:read.`,
    scopes: ['reactions:read'],
    config: z.object(
      isOfOneChannel ? { channel_id: z.string().optional().describe('Only in this channel.') } : {},
    ),
    payload,
    webhook: slackEvent(kind, (event, team) => {
      const item = part(event, 'item');
      return {
        payload: {
          reaction: text(event['reaction']),
          user: textOrNull(event['user']),
          message_channel: text(item['channel']),
          message_ts: text(item['ts']),
          message_user: text(event['item_user']),
          event_ts: text(event['event_ts']),
          channel_type: textOrNull(event['channel_type']),
          team_id: textOrNull(team),
          bot_id: textOrNull(event['bot_id']),
        },
        matches: ({ channel_id: wanted }: { channel_id?: unknown }) => !wanted || wanted === item['channel'],
      };
    }),
  });
}

export const reactionTriggers: TriggerSpec[] = [
  reactionTrigger('SLACK_MESSAGE_REACTION_ADDED', 'reaction_added', true),
  reactionTrigger('SLACK_MESSAGE_REACTION_REMOVED', 'reaction_removed', true),
  reactionTrigger('SLACK_REACTION_ADDED', 'reaction_added', false),
  reactionTrigger('SLACK_REACTION_REMOVED', 'reaction_removed', false),
];

export const channelCreated = triggerType({
  slug: 'SLACK_CHANNEL_CREATED',
  name: 'Channel created',
  description: 'Somebody makes a public channel in the workspace.',
  instructions: 'The app must be subscribed to channel_created, with the scope channels:read.',
  scopes: ['channels:read'],
  config: z.object({}),
  payload: z.object({
    id: z.string().describe('Id of the channel.'),
    name: z.string().describe('Its name.'),
    created: z.int().describe('When, in seconds since the epoch.'),
    creator: z.string().describe('Id of who made it.'),
  }),
  webhook: slackEvent('channel_created', (event) => {
    const { id, name, created, creator } = part(event, 'channel');
    return { payload: { id: text(id), name: text(name), created: Number(created), creator: text(creator) } };
  }),
});
