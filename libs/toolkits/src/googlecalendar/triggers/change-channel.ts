import { z } from 'zod';
import { channelHints, googleChannel, googleChannelReceiver } from '../../google-channel.js';
import { path } from '../../tool-runtime.js';
import { triggerType, type TriggerWebhook } from '../../trigger.js';
import { text } from '../../triggers/reading.js';
import { EventsOf, type OfCalendar } from './events.js';

const receiver = googleChannelReceiver('googlecalendar');
const WEEK_SECONDS = 604_800;
const stopUrl = '/calendar/v3/channels/stop';
const watchOf = (id: string) =>
  ({ method: 'POST', url: path`/calendar/v3/calendars/${id}/events/watch` }) as const;

/** For types that are polled: Google says when there is something to be seen. */
export const calendarChannel: TriggerWebhook<OfCalendar, never> = {
  receiver,
  ...googleChannel<OfCalendar>({
    watch: ({ config }) => watchOf(config.calendarId),
    lifetime: () => ({ params: { ttl: String(WEEK_SECONDS) } }),
    stopUrl,
  }),
  hints: channelHints,
};

const config = z.object({
  calendar_id: z
    .string()
    .min(1)
    .default('primary')
    .describe('Id of the calendar: `primary` for the own one.'),
  ttl: z
    .int()
    .min(3600)
    .max(2_592_000)
    .default(WEEK_SECONDS)
    .describe('Seconds after which the channel is made anew.'),
});

export const eventChange = triggerType({
  slug: 'GOOGLECALENDAR_GOOGLE_CALENDAR_EVENT_CHANGE_TRIGGER',
  name: 'Calendar changed',
  description: 'Something changes in the calendar. It is not said what: other types tell.',
  instructions: 'Google sends to https addresses only.',
  scopes: EventsOf.scopes,
  config,
  payload: z.object({
    channel_id: z.string().describe('Id of the channel that was made for it.'),
    resource_id: z.string().describe('Id of what is watched.'),
    resource_state: z.string().describe('`exists`, or `not_exists` when it was deleted.'),
    resource_url: z.string().describe('Address of what is watched, in the API.'),
  }),
  webhook: {
    receiver,
    ...googleChannel<z.output<typeof config>>({
      watch: ({ config: { calendar_id } }) => watchOf(calendar_id),
      lifetime: ({ ttl }) => ({ params: { ttl: String(ttl) } }),
      stopUrl,
    }),
    events: ({ body }) => [
      {
        payload: {
          channel_id: text(body['channel_id']),
          resource_id: text(body['resource_id']),
          resource_state: text(body['resource_state']),
          resource_url: text(body['resource_url']),
        },
        matches: (_, hook) => hook['channel_id'] === body['channel_id'],
      },
    ],
  },
});
