import { createServer } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { verifyWebhook, WebhookError } from '@patchbay/client';

async function receive(request) {
  const { id, event } = await verifyWebhook({
    body: new Uint8Array(await buffer(request)),
    headers: request.headers,
    secret: process.env.WEBHOOK_SECRET,
  });
  // The id is the same when a delivery comes again: remember it, and do the work once.
  console.log('Delivered', id, event.type);
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
