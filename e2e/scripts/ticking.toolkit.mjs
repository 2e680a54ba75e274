import { authField, isSigned, triggerType } from '@patchbay/toolkits';
import { z } from 'zod';

const Answer = z.object({ items: z.array(z.object({ id: z.number(), text: z.string() })), last: z.number() });

/** Signed with the secret of the hook, and known by an id. */
const receiver = {
  toolkit: 'ticking',
  model: 'user',
  verify: ({ headers, body }, { secrets: { secret } }) =>
    isSigned({ secret, message: [body], given: headers['x-ticking-signature'] })
      ? { outcome: 'accepted' }
      : { outcome: 'refused', reason: 'unsigned' },
  open: ({ body }) => {
    const item = JSON.parse(Buffer.from(body).toString());
    return [{ id: item.text, kind: 'item', body: item }];
  },
};

/** Feeds that are polled, or pushed: see `ticking.provider.mjs`. @param {string} baseUrl */
export function tickingToolkit(baseUrl) {
  return {
    slug: 'ticking',
    name: 'Ticking',
    description: 'Feeds that tick.',
    logo: 'data:image/svg+xml,%3Csvg xmlns="http://www.w3.org/2000/svg"/%3E',
    categories: ['tests'],
    version: '20261122_00',
    baseUrl,
    auth: [
      {
        scheme: 'API_KEY',
        placement: { headers: { 'x-api-key': '{generic_api_key}' } },
        connectionFields: [authField('generic_api_key', 'API key', { secret: true, description: 'Any.' })],
      },
    ],
    tools: [],
    triggers: [
      triggerType({
        slug: 'TICKING_ITEM',
        name: 'Item',
        description: 'An item comes into a feed.',
        config: z.object({ feed: z.string() }),
        payload: z.object({ id: z.number(), text: z.string() }),
        async poll({ config: { feed }, cursor, runtime: { http } }) {
          const query = cursor ? { after: Number(cursor.last) } : {};
          const { items, last } = Answer.parse(
            await http.request({ method: 'GET', url: `/feeds/${feed}`, query }),
          );
          return { events: items.map((item) => ({ id: `${item.id}`, payload: item })), cursor: { last } };
        },
      }),
      triggerType({
        slug: 'TICKING_PUSH',
        name: 'Item pushed',
        description: 'An item is pushed.',
        config: z.object({ feed: z.string() }),
        payload: z.object({ id: z.number(), text: z.string() }),
        webhook: {
          receiver,
          async register({ config: { feed }, url, secret, runtime: { http } }) {
            await http.request({ method: 'POST', url: `/hooks/${feed}`, body: { json: { url, secret } } });
            return { hook: { feed } };
          },
          events: ({ body }) => [{ payload: body }],
        },
      }),
    ],
  };
}
