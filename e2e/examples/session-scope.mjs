import { Composio } from '@composio/core';

const composio = new Composio({
  apiKey: process.env.PATCHBAY_API_KEY,
  baseURL: process.env.PATCHBAY_URL ?? 'http://localhost:3000',
  allowTracking: false,
});

// Only what reads, of two toolkits; one tool is at hand without a search.
const session = await composio.create('user_a', {
  toolkits: ['github', 'time'],
  tags: ['readOnlyHint'],
  preload: { tools: ['TIME_GET_CURRENT_TIME'] },
});
console.log(await session.tools().then((tools) => tools.map((tool) => tool.function.name)));

// Refused, by this and every other door.
await session
  .execute('GITHUB_CREATE_AN_ISSUE', { owner: 'octocat', repo: 'hello-world', title: 'No' })
  .catch((error) => console.log(error.error.error.message));

// From the next call on.
await session.update({ toolkits: ['time'], preload: { tools: [] } });
console.log('Version', session.configVersion);
