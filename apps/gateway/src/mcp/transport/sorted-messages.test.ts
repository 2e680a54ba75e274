import { describe, expect, it } from 'vitest';
import { sortMessages } from './sorted-messages.js';

const request = { jsonrpc: '2.0', id: 1, method: 'ping' };
const notification = { jsonrpc: '2.0', method: 'notifications/initialized' };
const result = { jsonrpc: '2.0', id: 'a', result: {} };
const error = { jsonrpc: '2.0', id: 'a', error: { code: -1, message: 'No.' } };

describe('what a client posted', () => {
  it('is sorted by its kinds, in its order', () => {
    const second = { ...request, id: 2 };
    expect(sortMessages([notification, request, result, second, error])).toEqual({
      requests: [request, second],
      notifications: [notification],
      responses: [result, error],
    });
    expect(sortMessages([])).toEqual({ requests: [], notifications: [], responses: [] });
  });

  it.each([
    {},
    null,
    'ping',
    [request],
    { id: 1, method: 'ping' },
    { jsonrpc: '1.0', id: 1, method: 'ping' },
    { jsonrpc: '2.0', id: null, method: 'ping' },
    { jsonrpc: '2.0', id: 1 },
  ])('is refused whole for one that is none: %j', (other) => {
    expect(sortMessages([request, other])).toBeUndefined();
  });
});
