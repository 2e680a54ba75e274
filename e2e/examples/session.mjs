import { Composio } from '@composio/core';

const composio = new Composio({
  apiKey: process.env.PATCHBAY_API_KEY,
  baseURL: process.env.PATCHBAY_URL ?? 'http://localhost:3000',
  allowTracking: false,
});

// One session binds one user to the tools and accounts that this user may use.
const session = await composio.create('user_a', { toolkits: ['github'] });

// The user signs in once; the account then works in all their sessions.
const connection = await session.authorize('github');
console.log('Sign in here:', connection.redirectUrl);
await connection.waitForConnection();

const { data } = await session.execute('GITHUB_CREATE_AN_ISSUE', {
  owner: 'octocat',
  repo: 'hello-world',
  title: 'Hello from Patchbay',
});
console.log('Opened issue', data.number);

// For an agent: the tools in the form that the model's provider wants them.
console.log(await session.tools().then((tools) => tools.map((tool) => tool.function.name)));
