import { describe, expect, it } from 'vitest';
import { Conversation } from './conversation.js';
import type { Line } from './line.js';

type Message = Record<string, unknown>;

function begin() {
  const given: Message[] = [];
  const conversation = new Conversation((text) => given.push(JSON.parse(text) as Message));
  const line = () => conversation.line(conversation.addLine()) as Line;
  const send = (to: Line, message: Message) =>
    conversation.send(to, JSON.stringify({ jsonrpc: '2.0', ...message }));
  const take = (message: Message) => conversation.take(JSON.stringify({ jsonrpc: '2.0', ...message }));
  const got = (from: Line, awaits: string | number | null = null) => {
    const { received, isAnswered } = from.takeNow(awaits);
    return { received: received.map((text) => JSON.parse(text) as Message), isAnswered };
  };
  return { conversation, given, line, send, take, got };
}

describe('the lines to one process', () => {
  it('may number their requests alike: each gets its own answers', () => {
    const { given, line, send, take, got } = begin();
    const [a, b] = [line(), line()];
    send(a, { id: 1, method: 'tools/list' });
    send(b, { id: 1, method: 'tools/call' });
    send(b, { id: '1', method: 'ping' });
    const numbers = given.map(({ id }) => id);
    expect(new Set(numbers).size).toBe(3);
    take({ id: numbers[2], result: { of: 'the text' } });
    take({ id: numbers[1], result: { of: 'b' } });
    take({ id: numbers[0], result: { of: 'a' } });
    expect(got(a, 1)).toEqual({
      received: [{ jsonrpc: '2.0', id: 1, result: { of: 'a' } }],
      isAnswered: true,
    });
    expect(got(b, 1).received).toMatchObject([{ id: 1, result: { of: 'b' } }]);
    expect(got(b, '1').received).toMatchObject([{ id: '1', result: { of: 'the text' } }]);
    expect(got(b, 1)).toEqual({ received: [], isAnswered: false });
  });

  it('make one handshake with it, whenever they join', () => {
    const { given, line, send, take, got } = begin();
    const [a, b, c] = [line(), line(), line()];
    send(a, { id: 1, method: 'initialize' });
    send(b, { id: 9, method: 'initialize' });
    take({ id: given[0]?.['id'], result: { serverInfo: {} } });
    send(c, { id: 3, method: 'initialize' });
    for (const one of [a, b, c]) send(one, { method: 'notifications/initialized' });
    expect(given.map(({ method }) => method)).toEqual(['initialize', 'notifications/initialized']);
    expect(got(a, 1).isAnswered).toBe(true);
    expect(got(b, 9).received).toMatchObject([{ id: 9, result: { serverInfo: {} } }]);
    expect(got(c, 3).received).toMatchObject([{ id: 3, result: { serverInfo: {} } }]);
  });

  it('make it again when it failed', () => {
    const { given, line, send, take, got } = begin();
    const [a, b] = [line(), line()];
    send(a, { id: 1, method: 'initialize' });
    take({ id: given[0]?.['id'], error: { code: -1, message: 'no' } });
    expect(got(a, 1).received).toMatchObject([{ error: { code: -1 } }]);
    send(b, { id: 1, method: 'initialize' });
    expect(given).toHaveLength(2);
  });

  it('hear every notification, and none of the answers of others', () => {
    const { given, line, send, take, got } = begin();
    const [a, b] = [line(), line()];
    send(a, { id: 1, method: 'tools/list' });
    take({ method: 'notifications/tools/list_changed' });
    take({ id: given[0]?.['id'], result: {} });
    expect(got(b).received).toMatchObject([{ method: 'notifications/tools/list_changed' }]);
    expect(got(a, 1).received).toMatchObject([{ method: 'notifications/tools/list_changed' }, { id: 1 }]);
  });

  it('cancel by the number under which the process knows the request, and get no answer to it', () => {
    const { given, line, send, take, got } = begin();
    const [a, b] = [line(), line()];
    send(a, { id: 1, method: 'tools/call' });
    const number = given[0]?.['id'];
    send(b, { method: 'notifications/cancelled', params: { requestId: 1 } });
    expect(given).toHaveLength(1);
    send(a, { method: 'notifications/cancelled', params: { requestId: 1, reason: 'late' } });
    expect(given[1]).toMatchObject({ params: { requestId: number, reason: 'late' } });
    take({ id: number, result: {} });
    expect(got(a, 1)).toEqual({ received: [], isAnswered: false });
  });

  it('are asked by the server one at a time: whose request it has had for the longest', () => {
    const { given, line, send, take, got } = begin();
    const [a, b] = [line(), line()];
    send(a, { id: 1, method: 'tools/call' });
    send(b, { id: 1, method: 'tools/call' });
    take({ id: 'q', method: 'elicitation/create', params: {} });
    expect(a.take(1, false)?.received).toHaveLength(1);
    expect(got(b, 1).received).toEqual([]);
    send(a, { id: 'q', result: { action: 'accept' } });
    send(b, { id: 'q', result: { action: 'decline' } });
    expect(given.slice(2)).toEqual([{ jsonrpc: '2.0', id: 'q', result: { action: 'accept' } }]);
  });

  it('are spared its pings, and answers to what nobody asked', () => {
    const { given, line, take, got } = begin();
    const a = line();
    take({ id: 5, method: 'ping' });
    take({ id: 77, result: {} });
    expect(given).toEqual([{ jsonrpc: '2.0', id: 5, result: {} }]);
    expect(got(a).received).toEqual([]);
  });

  it('keep numbers that a double cannot hold', () => {
    const { conversation, line } = begin();
    const a = line();
    conversation.send(a, '{"jsonrpc":"2.0","id":1,"method":"x"}');
    conversation.take('{"jsonrpc":"2.0","id":1,"result":{"id":12345678901234567890}}');
    expect(a.takeNow(1).received[0]).toContain('12345678901234567890');
  });

  it('drop the oldest of what nobody takes, and are full of requests at some time', () => {
    const { line, send, take, got } = begin();
    const a = line();
    for (let n = 0; n < 500; n += 1) take({ method: 'notifications/message', params: { n } });
    const { received } = got(a);
    expect(received).toHaveLength(200);
    expect(received.at(-1)).toMatchObject({ params: { n: 499 } });
    for (let id = 0; id < 64; id += 1) send(a, { id, method: 'x' });
    expect(() => send(a, { id: 64, method: 'x' })).toThrow(
      expect.objectContaining({ code: 'sandbox_limit' }),
    );
  });

  it.each(['nonsense', '[]', '1', '{"jsonrpc":"2.0"}', '{"id":1}', '['.repeat(200)])(
    'carry no %s',
    (text) => {
      const { conversation, line } = begin();
      const a = line();
      expect(() => conversation.send(a, text)).toThrow(expect.objectContaining({ code: 'invalid_request' }));
      expect(() => conversation.take(text)).toThrow(/no JSON-RPC message/);
    },
  );
});
