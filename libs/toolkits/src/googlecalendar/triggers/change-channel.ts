import { createHash } from 'node:crypto';
import { z } from 'zod';
import { path } from '../../tool-runtime.js';
import { triggerType, type RegisterRequest, type Registered, type RegisterRuntime } from '../../trigger.js';
import { momentOf } from '../../triggers/moment.js';
import { text } from '../../triggers/reading.js';
import { unlessGone } from '../../triggers/unless-gone.js';
import { EventsOf } from './events.js';
import { googleCalendarReceiver } from './receiver.js';

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
    .default(604_800)
    .describe('Seconds after which the channel is made anew.'),
});
const Channel = z.looseObject({
  id: z.string(),
  resourceId: z.string(),
  expiration: z.coerce.number().optional(),
});

async function watch({
  config: { calendar_id, ttl },
  url,
  secret,
  runtime: { http, now },
}: RegisterRequest<z.output<typeof config>>): Promise<Registered> {
  // A name that no other channel has: at this address, from this moment on.
  const id = createHash('sha256').update(`${url} ${now().toISOString()}`).digest('hex').slice(0, 40);
  const json = { id, type: 'web_hook', address: url, token: secret, params: { ttl: String(ttl) } };
  const made = Channel.parse(
    await http.request({
      method: 'POST',
      url: path`/calendar/v3/calendars/${calendar_id}/events/watch`,
      body: { json },
    }),
  );
  const expiresAt = momentOf(made.expiration) ?? undefined;
  return { hook: { channel_id: made.id, resource_id: made.resourceId }, ...(expiresAt && { expiresAt }) };
}

async function stop(hook: Registered['hook'], { http }: RegisterRuntime): Promise<void> {
  const json = { id: text(hook['channel_id']), resourceId: text(hook['resource_id']) };
  await http.request({ method: 'POST', url: '/calendar/v3/channels/stop', body: { json } }).catch(unlessGone);
}

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
    receiver: googleCalendarReceiver,
    register: watch,
    async renew({ hook, ...request }) {
      const made = await watch(request);
      await stop(hook, request.runtime);
      return made;
    },
    remove: ({ hook, runtime }) => stop(hook, runtime),
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
