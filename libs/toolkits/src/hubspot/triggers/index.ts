import { z } from 'zod';
import { triggerType, type Poll, type TriggerSpec } from '../../trigger.js';
import { newItems } from '../../triggers/new-items.js';
import { jsonBodies, text } from '../../triggers/reading.js';
import { isLate, isSigned } from '../../triggers/signature.js';
import { ACCEPTED, refuse, type WebhookReceiver } from '../../webhook.js';

const TOLERANCE_SECONDS = 300;

/** https://developers.hubspot.com/docs/api/webhooks/validating-requests: the third form. */
export const hubspotReceiver: WebhookReceiver = {
  toolkit: 'hubspot',
  model: 'app',
  setupFields: {
    client_secret: {
      displayName: 'Client secret',
      description: 'Of the HubSpot app: HubSpot signs with it.',
      required: true,
      secret: true,
    },
  },
  verify(request, { secrets: { client_secret: secret = '' } }) {
    const { method, url, headers, body } = request;
    const at = headers['x-hubspot-request-timestamp'] ?? '';
    const given = headers['x-hubspot-signature-v3'];
    const message = [method, url, body, at];
    if (!isSigned({ secret, message, given, encoding: 'base64' })) {
      return refuse("X-HubSpot-Signature-v3 is not of the app's client secret.");
    }
    return isLate(request, Number(at), TOLERANCE_SECONDS) ? refuse('It was sent too long ago.') : ACCEPTED;
  },
  open(request) {
    return jsonBodies(request).map((event) => {
      // Their eventId alone is not unique.
      const id = ['portalId', 'subscriptionId', 'objectId', 'eventId', 'occurredAt'].map((field) =>
        text(event[field]),
      );
      return {
        id: id.join(':'),
        kind: text(event['subscriptionType']),
        at: Number(event['occurredAt']),
        body: event,
      };
    });
  },
};

const Details = z.looseObject({ portalId: z.number() });
const Found = z.looseObject({
  results: z.array(z.looseObject({ id: z.string(), createdAt: z.string() })),
  paging: z.looseObject({ next: z.looseObject({ after: z.string() }).optional() }).optional(),
});

const config = z.object({
  app_id: z.string().optional().describe('Id of the HubSpot app; not needed when it is polled.'),
  developer_api_key: z
    .string()
    .optional()
    .describe('Not needed: subscriptions are made in the settings of the app.'),
});
const payload = z.object({
  objectId: z.string().describe('Id of the object.'),
  subscriptionType: z.string().describe('What happened, in the words of HubSpot.'),
  subscription_id: z.string().describe("Id of the app's subscription; empty when it is polled."),
});
type Config = z.output<typeof config>;
type Payload = z.output<typeof payload>;

function hubspotTrigger(about: {
  slug: string;
  name: string;
  description: string;
  scopes: string[];
  type: string;
  property?: string;
  poll?: Poll<Config, Payload>;
}): TriggerSpec {
  const { type, property, ...described } = about;
  return triggerType({
    ...described,
    instructions: `The HubSpot app must be subscribed to ${type}${property ? ` of ${property}` : ''}, with the address of its webhook endpoint.`,
    config,
    payload,
    webhook: {
      receiver: hubspotReceiver,
      async register({ config: { app_id }, runtime: { http } }) {
        const answer = await http.request({ method: 'GET', url: '/account-info/v3/details' });
        const { portalId } = Details.parse(answer);
        return { hook: { portal_id: String(portalId), ...(app_id && { app_id }) } };
      },
      events: ({ kind, body }) =>
        kind === type && (!property || body['propertyName'] === property)
          ? [
              {
                payload: {
                  objectId: text(body['objectId']),
                  subscriptionType: kind,
                  subscription_id: text(body['subscriptionId']),
                },
                matches: ({ app_id: app }, hook) =>
                  hook['portal_id'] === text(body['portalId']) && (!app || app === text(body['appId'])),
              },
            ]
          : [],
    },
  });
}

export const hubspotTriggers: readonly TriggerSpec[] = [
  hubspotTrigger({
    slug: 'HUBSPOT_CONTACT_CREATED_TRIGGER',
    name: 'Contact created',
    description: 'A contact is added to the CRM.',
    scopes: ['crm.objects.contacts.read'],
    type: 'contact.creation',
    poll: newItems({
      async list({ since, page, runtime: { http } }) {
        const from = {
          propertyName: 'createdate',
          operator: 'GTE',
          value: since && String(Date.parse(since)),
        };
        const json = {
          ...(since && { filterGroups: [{ filters: [from] }] }),
          sorts: [{ propertyName: 'createdate', direction: 'DESCENDING' }],
          properties: ['createdate'],
          limit: 100,
          ...(page !== undefined && { after: page }),
        };
        const url = '/crm/v3/objects/contacts/search';
        const { results, paging } = Found.parse(await http.request({ method: 'POST', url, body: { json } }));
        return { items: results, next: since && paging?.next?.after };
      },
      keyOf: ({ id }) => `contact-${id}`,
      timeOf: ({ createdAt }) => createdAt,
      payload: ({ id }) => ({ objectId: id, subscriptionType: 'contact.creation', subscription_id: '' }),
      // Searches come late.
      overlapMs: 120_000,
    }),
  }),
  hubspotTrigger({
    slug: 'HUBSPOT_DEAL_STAGE_UPDATED_TRIGGER',
    name: 'Stage of a deal changed',
    description: 'A deal comes into another stage.',
    scopes: ['crm.objects.deals.read'],
    type: 'deal.propertyChange',
    property: 'dealstage',
  }),
];
