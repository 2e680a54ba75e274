import { createServer } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { Composio } from '@composio/core';
import { verifyWebhook, WebhookError } from '@patchbay/client';

const composio = new Composio({
  apiKey: process.env.PATCHBAY_API_KEY,
  baseURL: process.env.PATCHBAY_URL,
  allowTracking: false,
});
// In a database of yours: the session of each user, and the deliveries that were handled.
const sessions = new Map();
const handled = new Set();

/** The user's session: the one that there is, or a new one. */
async function sessionOf(userId) {
  const known = sessions.get(userId);
  if (known) return composio.use(known);
  const session = await composio.create(userId);
  sessions.set(userId, session.sessionId);
  return session;
}

async function onEvent({ type, metadata, data }) {
  if (type !== 'composio.trigger.message') return;
  // An event belongs to a user and an account, and to no session: the metadata says whose it is.
  const session = await sessionOf(metadata.user_id);
  const { data: answer } = await session.execute('TIME_GET_CURRENT_TIME', { timezone: 'UTC' });
  console.log(
    `${metadata.trigger_slug} of ${metadata.user_id}:`,
    data.message,
    session.sessionId,
    answer.time,
  );
}

async function receive(request) {
  const { id, event } = await verifyWebhook({
    body: new Uint8Array(await buffer(request)),
    headers: request.headers,
    secret: process.env.WEBHOOK_SECRET,
  });
  // A delivery comes again under the same id until it was answered.
  if (handled.has(id)) return;
  handled.add(id);
  // Answered at once, handled after: a delivery waits for fifteen seconds at most.
  onEvent(event).catch((error) => {
    handled.delete(id);
    console.error(error);
  });
}

const server = createServer((request, response) => {
  receive(request).then(
    () => response.writeHead(204).end(),
    (error) => response.writeHead(error instanceof WebhookError ? 401 : 500).end(),
  );
});
server.listen(Number(process.env.PORT ?? 8080), '127.0.0.1', () =>
  console.log('Listening', server.address().port),
);
