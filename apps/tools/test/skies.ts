import { httpTool } from '@patchbay/toolkits';
import { z } from 'zod';
import { Catalogue } from '../src/toolkits/catalogue.js';

/** A catalogue of one toolkit with a tool for each description: `SKIES_TELL_0` and so on, which only the descriptions tell apart. */
export function skiesOf(descriptions: readonly string[]): Catalogue {
  const tools = descriptions.map((description, at) =>
    httpTool({
      slug: `SKIES_TELL_${at}`,
      name: `Tell ${at}`,
      description,
      method: 'GET',
      path: `/${at}`,
      input: z.object({}),
      tags: ['readOnlyHint'],
    }),
  );
  return new Catalogue([
    {
      slug: 'skies',
      name: 'Skies',
      description: 'Forecasts.',
      logo: '',
      categories: [],
      version: '20261122_00',
      tools,
    },
  ]);
}
