import { z } from 'zod';
import { path } from '../../tool-runtime.js';
import { triggerType, type TriggerSpec } from '../../trigger.js';
import { newItems } from '../../triggers/new-items.js';
import { jsonBody, text } from '../../triggers/reading.js';
import { isLate, isSigned } from '../../triggers/signature.js';
import { unlessGone } from '../../triggers/unless-gone.js';
import { ACCEPTED, refuse, type WebhookReceiver } from '../../webhook.js';

const TOLERANCE_SECONDS = 300;
const PAGE_SIZE = 100;

/** https://docs.stripe.com/webhooks/signature: several signatures while a secret is being changed. */
export const stripeReceiver: WebhookReceiver = {
  toolkit: 'stripe',
  model: 'user',
  verify(request, { secrets: { secret = '' } }) {
    const pairs = (request.headers['stripe-signature'] ?? '').split(',').map((pair) => pair.split('='));
    const at = pairs.find(([name]) => name?.trim() === 't')?.[1] ?? '';
    const given = pairs.filter(([name]) => name?.trim() === 'v1').map(([, value]) => value);
    const message = [`${at}.`, request.body];
    if (!given.some((one) => isSigned({ secret, message, given: one }))) {
      return refuse('Stripe-Signature is not of this endpoint.');
    }
    return isLate(request, Number(at) * 1000, TOLERANCE_SECONDS)
      ? refuse('It was sent too long ago.')
      : ACCEPTED;
  },
  open(request) {
    const body = jsonBody(request);
    if (!body || text(body['object']) !== 'event') return [];
    return [{ id: text(body['id']), kind: text(body['type']), at: Number(body['created']) * 1000, body }];
  },
};

const Event = z.looseObject({ id: z.string(), type: z.string(), created: z.number() });
const Events = z.looseObject({ data: z.array(Event), has_more: z.boolean().optional() });
const Hook = z.object({ endpoint_id: z.string() });
const Endpoint = z.looseObject({ id: z.string(), secret: z.string() });

/** https://docs.stripe.com/api/events: kept for 30 days, newest first. */
function stripeTrigger(slug: string, type: string, name: string, description: string): TriggerSpec {
  return triggerType({
    slug: `STRIPE_${slug}`,
    aliases: [`STRIPE_STRIPE_${slug}`],
    name,
    description,
    instructions:
      'The key must be allowed to read events, and to write webhook endpoints where they are pushed.',
    config: z.object({}),
    payload: z.object({
      event_type: z.string().describe(`\`${type}\``),
      body: z.unknown().describe("Stripe's event, with the object that it is about."),
    }),
    poll: newItems({
      async list({ since, page, runtime: { http } }) {
        const query = {
          type,
          limit: PAGE_SIZE,
          'created[gte]': since && Math.floor(Date.parse(since) / 1000),
          starting_after: page,
        };
        const found = Events.parse(await http.request({ method: 'GET', url: '/v1/events', query }));
        return { items: found.data, next: since && found.has_more ? found.data.at(-1)?.id : undefined };
      },
      keyOf: ({ id }) => id,
      timeOf: ({ created }) => created * 1000,
      payload: (event) => ({ event_type: event.type, body: event }),
    }),
    webhook: {
      receiver: stripeReceiver,
      async register({ url, runtime: { http } }) {
        const body = { form: { url, enabled_events: [type], description: 'Patchbay' } };
        const made = await http.request({ method: 'POST', url: '/v1/webhook_endpoints', body });
        const { id, secret } = Endpoint.parse(made);
        return { hook: { endpoint_id: id }, secret };
      },
      async remove({ hook, runtime: { http } }) {
        const { endpoint_id: id } = Hook.parse(hook);
        await http.request({ method: 'DELETE', url: path`/v1/webhook_endpoints/${id}` }).catch(unlessGone);
      },
      events: ({ kind, body }) => (kind === type ? [{ payload: { event_type: kind, body } }] : []),
    },
  });
}

export const stripeTriggers: readonly TriggerSpec[] = [
  stripeTrigger('CHARGE_FAILED_TRIGGER', 'charge.failed', 'Charge failed', 'A charge does not go through.'),
  stripeTrigger(
    'CHECKOUT_SESSION_COMPLETED_TRIGGER',
    'checkout.session.completed',
    'Checkout completed',
    'A customer goes through a checkout to its end.',
  ),
  stripeTrigger(
    'INVOICE_PAYMENT_SUCCEEDED_TRIGGER',
    'invoice.payment_succeeded',
    'Invoice paid',
    'The payment of an invoice goes through.',
  ),
  stripeTrigger(
    'PAYMENT_FAILED_TRIGGER',
    'payment_intent.payment_failed',
    'Payment failed',
    'A customer tries to pay, and it does not go through.',
  ),
  stripeTrigger('PRODUCT_CREATED_TRIGGER', 'product.created', 'Product created', 'A product is made.'),
  stripeTrigger(
    'SUBSCRIPTION_ADDED_TRIGGER',
    'customer.subscription.created',
    'Subscription added',
    'A customer is given a subscription.',
  ),
  stripeTrigger(
    'SUBSCRIPTION_DELETED_TRIGGER',
    'customer.subscription.deleted',
    'Subscription ended',
    'The subscription of a customer ends.',
  ),
];
