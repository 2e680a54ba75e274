import { ApiError, Patchbay } from '@patchbay/client';

const patchbay = new Patchbay({
  apiKey: process.env.PATCHBAY_API_KEY,
  baseUrl: process.env.PATCHBAY_URL ?? 'http://localhost:3000',
});

const session = await patchbay.sessions.create({
  user_id: 'user_a',
  toolkits: { enable: ['time', 'github'] },
});
const { data, error } = await session.execute('TIME_GET_CURRENT_TIME', { timezone: 'Asia/Tokyo' });
console.log(error ?? data);

// What an MCP client is configured with: an address, and headers that hold the key.
const { url, headers } = session.mcp();
console.log(url, Object.keys(headers));

// Every operation of the API document has a name; a refusal says what to do about it.
try {
  await patchbay.request('getToolkit', { path: { slug: 'no_such_toolkit' } });
} catch (error) {
  if (!(error instanceof ApiError)) throw error;
  console.log(error.status, error.slug, error.suggestion, error.requestId);
}

// All pages of a list, fetched as they are read.
for await (const account of patchbay.accounts.list({ user_ids: ['user_a'] })) console.log(account.id);

// Carried out once, however often it is sent. Without a key it would not be sent again by itself.
const link = await session.link('github', {}, { idempotencyKey: crypto.randomUUID(), timeoutMs: 10_000 });
console.log('Sign in here:', link.redirect_url);
await session.delete();
