import { z } from 'zod';
import { path } from '../../tool-runtime.js';
import { triggerType, type RegisterRuntime, type TriggerSpec } from '../../trigger.js';
import { newItems } from '../../triggers/new-items.js';
import { part, text } from '../../triggers/reading.js';
import { unlessGone } from '../../triggers/unless-gone.js';
import { outlookReceiver } from './receiver.js';

/** As long as Microsoft lets them live, and some minutes less: 4230. */
const LIFE_MS = 4_200 * 60_000;
const Subscription = z.looseObject({ id: z.string(), expirationDateTime: z.string() });
const Things = z.looseObject({
  value: z.array(z.looseObject({ id: z.string() })),
  '@odata.nextLink': z.string().optional(),
});

const payload = z.object({
  id: z.string().describe('Id of it.'),
  event_type: z.string().describe('`created` or `updated`.'),
});

type Settings = Record<string, unknown>;

interface Kind {
  slug: string;
  name: string;
  description: string;
  scopes: string[];
  config?: z.ZodObject;
  /** What is watched, under the base URL. */
  resource: (config: Settings) => string;
  changeType: 'created' | 'updated';
  /** The time by which it is found when it is polled. */
  by: string;
}

const endsAt = ({ now }: RegisterRuntime) => new Date(now().getTime() + LIFE_MS).toISOString();

/** https://learn.microsoft.com/graph/api/subscription-post-subscriptions */
function outlookTrigger({ resource, changeType, by, config = z.object({}), ...kind }: Kind): TriggerSpec {
  return triggerType({
    ...kind,
    aliases: [kind.slug.replace('OUTLOOK_', 'OUTLOOK_OUTLOOK_')],
    config,
    payload,
    poll: newItems({
      async list({ config, since, page, runtime: { http } }) {
        const query = {
          $select: `id,${by},createdDateTime`,
          $orderby: `${by} desc`,
          $top: 50,
          ...(since && { $filter: `${by} ge ${since}` }),
        };
        // The address of the next page has all of it in it.
        const request = page ? { url: String(page) } : { url: resource(config), query };
        const { value, '@odata.nextLink': next } = Things.parse(
          await http.request({ method: 'GET', ...request }),
        );
        return { items: value, next: since && next };
      },
      keyOf: (thing) => (changeType === 'created' ? `${thing.id}:created` : `${thing.id}:${text(thing[by])}`),
      timeOf: (thing) => text(thing[by]),
      // What was just made was not changed.
      payload: (thing, { since, wasSeen }) => {
        const made = Date.parse(text(thing['createdDateTime']));
        const isNew = !wasSeen(`${thing.id}:`) && (since === undefined || made >= since);
        return changeType === 'updated' && isNew ? undefined : { id: thing.id, event_type: changeType };
      },
    }),
    webhook: {
      receiver: outlookReceiver,
      async register({ config, url, secret, runtime }) {
        const json = {
          changeType,
          notificationUrl: url,
          resource: resource(config),
          expirationDateTime: endsAt(runtime),
          clientState: secret,
        };
        const made = await runtime.http.request({ method: 'POST', url: '/subscriptions', body: { json } });
        const { id, expirationDateTime } = Subscription.parse(made);
        return { hook: { subscription_id: id }, expiresAt: expirationDateTime };
      },
      async renew({ hook, runtime }) {
        const url = path`/subscriptions/${text(hook['subscription_id'])}`;
        const json = { expirationDateTime: endsAt(runtime) };
        const renewed = Subscription.parse(
          await runtime.http.request({ method: 'PATCH', url, body: { json } }),
        );
        return { hook, expiresAt: renewed.expirationDateTime };
      },
      async remove({ hook, runtime: { http } }) {
        const url = path`/subscriptions/${text(hook['subscription_id'])}`;
        await http.request({ method: 'DELETE', url }).catch(unlessGone);
      },
      events: ({ kind: sent, body }) =>
        sent === changeType
          ? [
              {
                payload: { id: text(part(body, 'resourceData')['id']), event_type: sent },
                matches: (_, hook) => hook['subscription_id'] === body['subscriptionId'],
              },
            ]
          : [],
    },
  });
}

const folder = (standard: string) =>
  z.object({
    folderId: z.string().min(1).default(standard).describe('Id of the folder, or one of its standard names.'),
  });
const calendar = z.object({
  calendarId: z.string().min(1).optional().describe('Id of the calendar; the own one without it.'),
});
const messagesOf = ({ folderId }: Settings) => path`/me/mailFolders/${text(folderId)}/messages`;
const eventsOf = ({ calendarId }: Settings) =>
  calendarId ? path`/me/calendars/${text(calendarId)}/events` : '/me/events';

export const outlookTriggers: readonly TriggerSpec[] = [
  outlookTrigger({
    slug: 'OUTLOOK_MESSAGE_TRIGGER',
    name: 'New message',
    description: 'A message comes into the mailbox.',
    scopes: ['Mail.Read'],
    config: folder('inbox'),
    resource: messagesOf,
    changeType: 'created',
    by: 'receivedDateTime',
  }),
  outlookTrigger({
    slug: 'OUTLOOK_SENT_MESSAGE_TRIGGER',
    name: 'Message sent',
    description: 'A message is sent from the mailbox.',
    scopes: ['Mail.Read'],
    resource: () => '/me/mailFolders/sentitems/messages',
    changeType: 'created',
    by: 'receivedDateTime',
  }),
  outlookTrigger({
    slug: 'OUTLOOK_EVENT_TRIGGER',
    name: 'New event',
    description: 'An event is made in the calendar.',
    scopes: ['Calendars.Read'],
    config: calendar,
    resource: eventsOf,
    changeType: 'created',
    by: 'createdDateTime',
  }),
  outlookTrigger({
    slug: 'OUTLOOK_EVENT_CHANGE_TRIGGER',
    name: 'Event changed',
    description: 'An event of the calendar is changed.',
    scopes: ['Calendars.Read'],
    config: calendar,
    resource: eventsOf,
    changeType: 'updated',
    by: 'lastModifiedDateTime',
  }),
  outlookTrigger({
    slug: 'OUTLOOK_CONTACT_TRIGGER',
    name: 'New contact',
    description: 'A contact is added.',
    scopes: ['Contacts.Read'],
    resource: () => '/me/contacts',
    changeType: 'created',
    by: 'createdDateTime',
  }),
];
