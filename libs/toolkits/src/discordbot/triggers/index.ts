import { z } from 'zod';
import { path } from '../../tool-runtime.js';
import { triggerType, type TriggerSpec } from '../../trigger.js';
import { afterId } from '../../triggers/after-id.js';

const Message = z.looseObject({ id: z.string(), timestamp: z.string() });
const Messages = z.array(Message);
const PAGE_SIZE = 100;

/** Ids of Discord are numbers that grow with time, longer than a double holds. */
function byId(a: { id: string }, b: { id: string }): number {
  const difference = BigInt(a.id) - BigInt(b.id);
  return difference === 0n ? 0 : difference < 0n ? -1 : 1;
}

/** https://docs.discord.com/developers/resources/message#get-channel-messages */
const newMessage = triggerType({
  slug: 'DISCORDBOT_NEW_MESSAGE_TRIGGER',
  // Messages are for bots alone to read: an account of `discord`, a person's, may not.
  aliases: ['DISCORD_NEW_MESSAGE_TRIGGER', 'DISCORD_DISCORD_NEW_MESSAGE_TRIGGER'],
  name: 'New message',
  description: 'Somebody writes a message in a channel that the bot is in.',
  instructions:
    'The bot needs the permissions to see the channel and its history, and the intent for the content of messages.',
  config: z.object({
    channel_id: z.string().regex(/^\d+$/, 'must be a number').describe('Id of the channel.'),
    limit: z.int().min(1).max(100).default(50).describe('Not needed: nothing is left out.'),
  }),
  payload: z.object({
    event_type: z.string().describe('`new_message`'),
    message: z.looseObject({}).describe("Discord's own fields of it."),
  }),
  poll: afterId({
    async newest({ config: { channel_id: channel }, runtime: { http } }) {
      const request = {
        method: 'GET',
        url: path`/channels/${channel}/messages`,
        query: { limit: 1 },
      } as const;
      return Messages.parse(await http.request(request))[0]?.id;
    },
    async after({ config: { channel_id: channel }, id, runtime: { http } }) {
      const query = { after: id ?? '0', limit: PAGE_SIZE };
      const answer = await http.request({ method: 'GET', url: path`/channels/${channel}/messages`, query });
      const messages = Messages.parse(answer).toSorted(byId);
      return {
        events: messages.map((message) => ({
          id: message.id,
          at: message.timestamp,
          payload: { event_type: 'new_message', message },
        })),
        last: messages.at(-1)?.id ?? id,
        more: messages.length === PAGE_SIZE,
      };
    },
  }),
});

export const discordbotTriggers: readonly TriggerSpec[] = [newMessage];
