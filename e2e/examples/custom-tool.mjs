import { Composio, experimental_createTool } from '@composio/core';
import { z } from 'zod';

const composio = new Composio({
  apiKey: process.env.PATCHBAY_API_KEY,
  baseURL: process.env.PATCHBAY_URL ?? 'http://localhost:3000',
  allowTracking: false,
});

// Runs in this process: Patchbay finds it, and never sees what it does.
const lookUp = experimental_createTool('LOOK_UP_CUSTOMER', {
  name: 'Look up a customer',
  description: 'Finds a customer of ours by name.',
  inputParams: z.object({ name: z.string() }),
  execute: async ({ name }) => ({ name, plan: 'gold' }),
});
const session = await composio.create('user_a', {
  toolkits: ['time'],
  experimental: { customTools: [lookUp] },
});

const { results } = await session.search({ query: 'look up a customer by name' });
console.log(results[0].primaryToolSlugs[0]);
console.log((await session.execute('LOOK_UP_CUSTOMER', { name: 'Ada' })).data);
