import { describe, expect, it } from 'vitest';
import { readAnswer } from './read-answer.js';

const answer = (status: number, type: string, text: string) =>
  readAnswer({
    url: new URL('https://up.example/mcp'),
    status,
    headers: { 'content-type': type, 'mcp-session-id': 'one' },
    body: Buffer.from(text),
  });
const result = { jsonrpc: '2.0', id: 1, result: {} };

describe('an answer that came whole', () => {
  it('is its message where it can be read as one, whatever its type says', async () => {
    for (const type of ['application/json', 'text/plain']) {
      const read = answer(200, type, JSON.stringify({ ...result, error: null }));
      expect(Object.fromEntries(read.headers)).toEqual({
        'content-type': 'application/json',
        'mcp-session-id': 'one',
      });
      expect(await read.json()).toEqual(result);
    }
  });

  it('is its text where it is a refusal', async () => {
    const read = answer(400, 'application/json', '{"id":1,"error":"no","result":null}');
    expect(read.status).toBe(400);
    expect(JSON.parse(await read.text())).toEqual({
      jsonrpc: '2.0',
      id: 1,
      error: { code: -32_603, message: 'no' },
    });
  });

  it.each([
    [404, 'text/html', '<html>'],
    [200, 'application/json', '{"id":'],
    [202, 'text/plain', ''],
  ])('with %i and %s stays what it is when it is none', async (status, type, text) => {
    const read = answer(status, type, text);
    expect([read.status, read.headers.get('content-type'), await read.text()]).toEqual([status, type, text]);
  });
});
