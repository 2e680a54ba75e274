import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Patchbay } from '@patchbay/client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { followCalls } from './tail.js';

let answers: ((response: ServerResponse, request: IncomingMessage) => void)[] = [];
const asked: { filters: string | null; lastEventId: unknown }[] = [];
const server = createServer((request, response) => {
  const filters = new URL(request.url ?? '', 'http://localhost').searchParams.get('filters');
  asked.push({ filters, lastEventId: request.headers['last-event-id'] });
  answers.shift()?.(response, request);
});
let patchbay: Patchbay;

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  patchbay = new Patchbay({ baseUrl: `http://127.0.0.1:${port}`, apiKey: 'ak_of_a_test', retries: 0 });
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

const event = (name: string, id: string, data: object) =>
  `id: ${id}\nevent: ${name}\ndata: ${JSON.stringify(data)}\n\n`;
const stream = (response: ServerResponse) => response.writeHead(200, { 'content-type': 'text/event-stream' });

async function follow(count: number): Promise<{ ids: string[]; news: string[] }> {
  const ended = new AbortController();
  const [ids, news]: [string[], string[]] = [[], []];
  const options = { filters: [], signal: ended.signal, onNews: (text: string) => news.push(text) };
  try {
    for await (const { id } of followCalls(patchbay, options)) {
      if (ids.push(id) === count) ended.abort(new Error('enough'));
    }
  } catch (error) {
    if (!ended.signal.aborted) throw error;
  }
  return { ids, news };
}

describe('the live tail', () => {
  it('goes on where it was left when the stream ends or breaks off, and says what happened', async () => {
    answers = [
      (response) => stream(response).end(`: hello\n\n${event('call', '7-a', { id: 'log_1' })}${event('end', '7-b', { reason: 'The gateway stops.' })}`),
      (response) => {
        stream(response).write(event('call', '8-a', { id: 'log_2' }));
        setImmediate(() => response.destroy());
      },
      (response) => response.writeHead(503).end(),
      (response) =>
        stream(response).write(event('gap', '9-a', { reason: 'Too many calls.' }) + event('call', '9-b', { id: 'log_3' })),
    ]; // prettier-ignore
    const { ids, news } = await follow(3);
    expect(ids).toEqual(['log_1', 'log_2', 'log_3']);
    expect(asked.map(({ lastEventId }) => lastEventId)).toEqual([undefined, '7-b', '8-a', '8-a']);
    expect(asked[0]?.filters).toBe('[]');
    expect(news[0]).toBe('The platform ended the stream: The gateway stops.');
    expect(news.at(-1)).toBe('Something is missing here: Too many calls.');
  });

  it('ends with a refusal that another attempt would not change', async () => {
    answers = [
      (response) =>
        response.writeHead(401, { 'content-type': 'application/json' }).end(
          JSON.stringify({
            error: { message: 'No.', code: 1, slug: 'HTTP_Unauthorized', request_id: 'r' },
          }),
        ),
    ];
    await expect(follow(1)).rejects.toMatchObject({ name: 'ApiError', status: 401 });
  });
});
