import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface ReceivedWebhook {
  headers: IncomingHttpHeaders;
  body: string;
  /** The address that it was sent to. */
  path: string;
}

type Answer = (
  received: ReceivedWebhook,
) => { status: number; headers?: Record<string, string>; body?: string } | 'hang';

/** A project's own server, which takes deliveries and answers as it is told. */
export async function startWebhookReceiver(answer: Answer = () => ({ status: 200 })) {
  const received: ReceivedWebhook[] = [];
  const waiting: (() => void)[] = [];
  const on = { answer };
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const one = {
        headers: request.headers,
        body: Buffer.concat(chunks).toString(),
        path: request.url ?? '',
      };
      received.push(one);
      for (const done of waiting.splice(0)) done();
      const given = on.answer(one);
      if (given === 'hang') return;
      response.writeHead(given.status, given.headers).end(given.body);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  /** Resolves as soon as what came satisfies the condition. */
  const until = async (isSo: (all: readonly ReceivedWebhook[]) => boolean): Promise<ReceivedWebhook[]> => {
    while (!isSo(received)) await new Promise<void>((resolve) => waiting.push(resolve));
    return received;
  };
  return {
    url: `http://127.0.0.1:${port}/hook`,
    host: `127.0.0.1:${port}`,
    received,
    until,
    answerWith: (next: Answer) => {
      on.answer = next;
    },
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

export type WebhookReceiver = Awaited<ReturnType<typeof startWebhookReceiver>>;
