import { authField, triggerType } from '@patchbay/toolkits';
import { z } from 'zod';

const Answer = z.object({ items: z.array(z.object({ id: z.number(), text: z.string() })), last: z.number() });

/** Feeds that are polled: see `ticking.provider.mjs`. @param {string} baseUrl */
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
    ],
  };
}
