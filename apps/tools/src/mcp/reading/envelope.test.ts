import { describe, expect, it } from 'vitest';
import { readEnvelope, readEnvelopes } from './envelope.js';

const result = { jsonrpc: '2.0', id: 1, result: { tools: [] } };

describe('a message of JSON-RPC', () => {
  it.each<[string, unknown, unknown]>([
    ['as it should be', result, result],
    ['null for its error', { ...result, error: null }, result],
    ['null for its result', { jsonrpc: '2.0', id: 1, result: null }, { jsonrpc: '2.0', id: 1, result: {} }],
    [
      'a list for its result',
      { jsonrpc: '2.0', id: 1, result: [1] },
      { jsonrpc: '2.0', id: 1, result: { result: [1] } },
    ],
    [
      'null for _meta',
      { jsonrpc: '2.0', id: 1, result: { _meta: null, a: null } },
      { jsonrpc: '2.0', id: 1, result: { a: null } },
    ],
    ['no version', { id: 1, result: {} }, { jsonrpc: '2.0', id: 1, result: {} }],
    ['members of its own', { ...result, session: 'x' }, result],
    [
      'null for its result, and an error',
      { jsonrpc: '2.0', id: 1, result: null, error: { code: -1, message: 'no' } },
      { jsonrpc: '2.0', id: 1, error: { code: -1, message: 'no' } },
    ],
    [
      'an error that is a text',
      { jsonrpc: '2.0', id: 1, error: 'no' },
      { jsonrpc: '2.0', id: 1, error: { code: -32603, message: 'no' } },
    ],
    [
      'an error without a code',
      { jsonrpc: '2.0', id: 1, error: { message: 'no' } },
      { jsonrpc: '2.0', id: 1, error: { code: -32603, message: 'no' } },
    ],
    [
      'an error with a text for its code',
      { jsonrpc: '2.0', id: 1, error: { code: 'E_NO', message: 'no' } },
      { jsonrpc: '2.0', id: 1, error: { code: -32603, message: 'no' } },
    ],
    [
      'an error without a message',
      { jsonrpc: '2.0', id: 1, error: { code: 5, message: null } },
      { jsonrpc: '2.0', id: 1, error: { code: 5, message: '5' } },
    ],
    [
      'null for the params of a notification',
      { jsonrpc: '2.0', method: 'a', params: null },
      { jsonrpc: '2.0', method: 'a' },
    ],
    ['several at once', [{ ...result, error: null }], [result]],
    ['no message at all', { hello: 1 }, { hello: 1 }],
  ])('with %s is read', (_, given, expected) => {
    expect(readEnvelope(given)).toEqual(expected);
  });

  it('is read in each event of a stream, wherever its chunks end', async () => {
    const stream = `: ping\nid: 7\r\ndata: ${JSON.stringify({ ...result, error: null })}\r\n\r\ndata: {"a":\ndata: 1}\n\ndata: ü`;
    const bytes = new TextEncoder().encode(stream);
    for (const size of [1, 7, 1_000]) {
      const chunks = Array.from({ length: Math.ceil(bytes.length / size) }, (__, n) =>
        bytes.slice(n * size, (n + 1) * size),
      );
      const read = await new Response(ReadableStream.from(chunks).pipeThrough(readEnvelopes())).text();
      expect(read).toBe(stream.replace(',"error":null', ''));
    }
  });
});
