import { shipped } from '../describe-toolkit.js';
import { describeTriggers, HOOK_SECRET, HOOK_URL, type TriggerRow } from '../describe-triggers.js';

const T = (second: number) => `2026-11-30T10:00:0${second}.000Z`;
const GRAPH = 'https://graph.microsoft.com/v1.0';
const ENDS = '2026-12-03T10:00:00.000Z';

function outlook(resource: string, by: string, changeType = 'created', config = {}): TriggerRow {
  const thing = (id: number) => ({ id: `x${id}`, createdDateTime: '2026-01-01T00:00:00Z', [by]: T(id) });
  const list = (since: string, things: unknown[]) => ({
    request: `GET ${GRAPH}${resource}?$select=id,${by},createdDateTime&$orderby=${by} desc&$top=50${since && `&$filter=${by} ge ${since}`}`,
    answer: { value: things },
  });
  const key = changeType === 'created' ? 'x2:created' : `x2:${T(2)}`;
  return {
    poll: {
      config,
      first: [list('', [thing(1)])],
      next: [list(T(0), [thing(2), thing(1)])],
      events: [{ id: key, at: T(2), payload: { id: 'x2', event_type: changeType } }],
      again: [list(T(1), [thing(2), thing(1)])],
    },
    push: {
      config,
      registers: [
        {
          request: `POST ${GRAPH}/subscriptions`,
          body: {
            changeType,
            notificationUrl: HOOK_URL,
            resource,
            expirationDateTime: ENDS,
            clientState: HOOK_SECRET,
          },
          answer: { id: 's1', expirationDateTime: ENDS },
        },
      ],
      hook: { subscription_id: 's1' },
      expiresAt: ENDS,
      renews: {
        asks: [
          {
            request: `PATCH ${GRAPH}/subscriptions/s1`,
            body: { expirationDateTime: ENDS },
            answer: { id: 's1', expirationDateTime: ENDS },
          },
        ],
        hook: { subscription_id: 's1' },
      },
      removes: [{ request: `DELETE ${GRAPH}/subscriptions/s1`, status: 204 }],
      delivery: {
        headers: {},
        body: {
          value: [
            {
              subscriptionId: 's1',
              changeType,
              clientState: HOOK_SECRET,
              resourceData: { id: 'x2', '@odata.etag': 'e' },
            },
          ],
        },
      },
      events: [
        {
          id: changeType === 'created' ? 'x2:created' : 'x2:e',
          payload: { id: 'x2', event_type: changeType },
        },
      ],
      foreignHook: { subscription_id: 's2' },
    },
  };
}

describeTriggers(shipped('outlook'), {
  OUTLOOK_MESSAGE_TRIGGER: outlook('/me/mailFolders/inbox/messages', 'receivedDateTime'),
  OUTLOOK_SENT_MESSAGE_TRIGGER: outlook('/me/mailFolders/sentitems/messages', 'receivedDateTime'),
  OUTLOOK_EVENT_TRIGGER: outlook('/me/calendars/c1/events', 'createdDateTime', 'created', {
    calendarId: 'c1',
  }),
  OUTLOOK_EVENT_CHANGE_TRIGGER: outlook('/me/events', 'lastModifiedDateTime', 'updated'),
  OUTLOOK_CONTACT_TRIGGER: outlook('/me/contacts', 'createdDateTime'),
});

const HUBSPOT = 'https://api.hubapi.com';
const contacts = (since: number | undefined, ids: number[]) => ({
  request: `POST ${HUBSPOT}/crm/v3/objects/contacts/search`,
  body: {
    ...(since && {
      filterGroups: [{ filters: [{ propertyName: 'createdate', operator: 'GTE', value: String(since) }] }],
    }),
    sorts: [{ propertyName: 'createdate', direction: 'DESCENDING' }],
    properties: ['createdate'],
    limit: 100,
  },
  answer: { results: ids.map((id) => ({ id: String(id), createdAt: T(id) })) },
});
const hook = (subscriptionType: string, more: object = {}) => ({
  config: { app_id: '9' },
  registers: [{ request: `GET ${HUBSPOT}/account-info/v3/details`, answer: { portalId: 5 } }],
  hook: { portal_id: '5', app_id: '9' },
  delivery: {
    headers: {},
    body: [
      {
        portalId: 5,
        appId: 9,
        subscriptionId: 3,
        objectId: 7,
        eventId: 1,
        occurredAt: Date.parse(T(2)),
        subscriptionType,
        ...more,
      },
    ],
  },
  events: [
    {
      id: `5:3:7:1:${Date.parse(T(2))}`,
      at: T(2),
      payload: { objectId: '7', subscriptionType, subscription_id: '3' },
    },
  ],
  foreignHook: { portal_id: '6' },
  foreign: { app_id: '10' },
});

describeTriggers(shipped('hubspot'), {
  HUBSPOT_CONTACT_CREATED_TRIGGER: {
    poll: {
      first: [contacts(undefined, [1])],
      next: [contacts(Date.parse(T(1)) - 120_000, [2, 1])],
      events: [
        { id: 'contact-2', at: T(2), payload: { objectId: '2', subscriptionType: 'contact.creation' } },
      ],
      again: [contacts(Date.parse(T(2)) - 120_000, [2, 1])],
    },
    push: hook('contact.creation'),
  },
  HUBSPOT_DEAL_STAGE_UPDATED_TRIGGER: { push: hook('deal.propertyChange', { propertyName: 'dealstage' }) },
});
