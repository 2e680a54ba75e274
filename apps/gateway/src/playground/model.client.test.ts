import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ModelClient } from './model.client.js';

const KEY = 'sk-of-the-operator';
let answer: (response: ServerResponse, request: IncomingMessage) => void;
let asked: { authorization: string | undefined; body: Record<string, unknown> };
let server: Server;
let url: string;
beforeAll(async () => {
  server = createServer((request, response) => {
    void text(request).then((body) => {
      asked = {
        authorization: request.headers.authorization,
        body: JSON.parse(body) as Record<string, unknown>,
      };
      answer(response, request);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1/`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

async function complete(more: Partial<Parameters<ModelClient['complete']>[0]> = {}) {
  const said: string[] = [];
  const client = new ModelClient({
    PATCHBAY_MODEL_URL: url,
    PATCHBAY_MODEL: 'small',
    PATCHBAY_MODEL_API_KEY: KEY,
  });
  try {
    const message = await client.complete({
      instructions: 'Be short.',
      messages: [{ role: 'user', content: 'hello' }],
      tools: [],
      signal: AbortSignal.timeout(10_000),
      onText: (piece) => said.push(piece),
      ...more,
    });
    return { message, said };
  } finally {
    await client.onApplicationShutdown();
  }
}

const events =
  (...deltas: object[]) =>
  (response: ServerResponse) => {
    response.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8' });
    for (const delta of deltas) response.write(`data: ${JSON.stringify({ choices: [{ delta }] })}\n\n`);
    response.end('data: [DONE]\n\n');
  };

describe('the model of the operator', () => {
  it('is asked by the key of the settings, and heard piece by piece', async () => {
    answer = events({ role: 'assistant', content: '' }, { content: 'Hel' }, { content: 'lo.' });
    const { message, said } = await complete();
    expect(said).toEqual(['Hel', 'lo.']);
    expect(message).toEqual({ role: 'assistant', content: 'Hello.', tool_calls: [] });
    expect(asked).toMatchObject({
      authorization: `Bearer ${KEY}`,
      body: {
        model: 'small',
        messages: [
          { role: 'system', content: 'Be short.' },
          { role: 'user', content: 'hello' },
        ],
      },
    });
  });

  it('calls several tools in pieces that are mixed, with or without ids', async () => {
    answer = events(
      {
        content: null,
        tool_calls: [{ index: 0, id: 'a', function: { name: 'TIME_NOW', arguments: '{"zo' } }],
      },
      { tool_calls: [{ index: 1, function: { name: 'KEYED_ECHO', arguments: '' } }] },
      { tool_calls: [{ index: 0, function: { arguments: 'ne":1}' } }] },
    );
    const { message } = await complete();
    expect(message.tool_calls).toEqual([
      { id: 'a', tool_slug: 'TIME_NOW', arguments: '{"zone":1}' },
      { id: 'call_1_1', tool_slug: 'KEYED_ECHO', arguments: '' },
    ]);
  });

  it('calls several tools without numbers, as some endpoints let it', async () => {
    answer = events(
      { tool_calls: [{ id: 'a', function: { name: 'TIME_NOW', arguments: '{"zo' } }] },
      { tool_calls: [{ function: { arguments: 'ne":1}' } }] },
      { tool_calls: [{ index: null, id: 'b', function: { name: 'KEYED_ECHO', arguments: '{}' } }] },
    );
    const { message } = await complete();
    expect(message.tool_calls).toEqual([
      { id: 'a', tool_slug: 'TIME_NOW', arguments: '{"zone":1}' },
      { id: 'b', tool_slug: 'KEYED_ECHO', arguments: '{}' },
    ]);
  });

  it('may answer as one JSON, as endpoints do that cannot stream', async () => {
    answer = (response) => {
      response.writeHead(200, { 'content-type': 'application/json' });
      response.end(JSON.stringify({ choices: [{ message: { role: 'assistant', content: 'Whole.' } }] }));
    };
    expect(await complete()).toMatchObject({ said: ['Whole.'], message: { content: 'Whole.' } });
  });

  it('is shown what was called and answered before, in the words of its API', async () => {
    answer = events({ content: 'ok' });
    const silent = { role: 'assistant' as const, content: '', tool_calls: [] };
    const call = { id: 'a', tool_slug: 'TIME_NOW', arguments: '{}' };
    await complete({
      messages: [
        { role: 'user', content: 'hello' },
        { role: 'assistant', content: '', tool_calls: [call] },
        { role: 'tool', tool_call_id: 'a', content: 'noon' },
        silent,
      ],
    });
    expect((asked.body['messages'] as unknown[]).slice(2)).toEqual([
      {
        role: 'assistant',
        content: null,
        tool_calls: [{ id: 'a', type: 'function', function: { name: 'TIME_NOW', arguments: '{}' } }],
      },
      { role: 'tool', tool_call_id: 'a', content: 'noon' },
      { role: 'assistant', content: '' },
    ]);
  });

  it.each([
    [401, { error: { message: `Incorrect API key provided: ${KEY}` } }, 'refused the key (401)'],
    [400, { error: { message: `No model small for ${KEY}` } }, 'answered 400: No model small for …'],
    [400, { error: { message: `${'x'.repeat(290)}${KEY}` } }, 'answered 400: xxx'],
    [502, '<html>', 'answered 502.'],
  ])('that answers %i is quoted without its key, nor its beginning', async (status, body, words) => {
    answer = (response) => response.writeHead(status).end(JSON.stringify(body));
    const { message } = await complete().then(
      () => new Error('It was taken for an answer'),
      (caught: Error) => caught,
    );
    expect(message).toContain(words);
    expect(message).not.toContain(KEY.slice(0, 6));
  });

  it('that answers with a page says nothing that is passed on', async () => {
    answer = (response) => response.writeHead(200).end('<html>');
    await expect(complete()).rejects.toMatchObject({ message: expect.stringContaining('could not be read') });
  });

  it('is not waited for by who has left', async () => {
    answer = () => undefined;
    const left = new AbortController();
    const waiting = complete({ signal: left.signal });
    setTimeout(() => left.abort(), 50);
    await expect(waiting).rejects.toMatchObject({ trouble: 'cancelled' });
  });
});
