import { expect, it } from 'vitest';
import { completed, Conversation } from './conversation.js';

const user = { role: 'user' as const, content: 'hello' };
const calls = (...ids: string[]) => ({
  role: 'assistant' as const,
  content: '',
  tool_calls: ids.map((id) => ({ id, tool_slug: 'TIME_NOW', arguments: '{}' })),
});

it('a conversation that was stopped has an answer after each call, and none without', () => {
  const noon = { role: 'tool' as const, tool_call_id: 'a', content: 'noon' };
  const stray = { role: 'tool' as const, tool_call_id: 'x', content: 'whose?' };
  expect(completed([user, calls('a', 'b'), stray, noon, user])).toEqual([
    user,
    calls('a', 'b'),
    noon,
    { role: 'tool', tool_call_id: 'b', content: expect.stringContaining('stopped') },
    user,
  ]);
});

it('a conversation with a model that counts its calls anew each time keeps each answer with its call', () => {
  const answer = (content: string) => ({ role: 'tool' as const, tool_call_id: 'call_0', content });
  const messages = [user, calls('call_0'), answer('noon'), calls('call_0'), answer('one'), user];
  expect(completed(messages)).toEqual(messages);
});

it.each([
  ['ends with the model', [user, calls()]],
  ['is empty', []],
  [
    'is longer than a model takes',
    Array.from({ length: 9 }, () => ({ ...user, content: 'x'.repeat(49_000) })),
  ],
])('a conversation that %s is refused', (_, messages) => {
  expect(Conversation.safeParse(messages).success).toBe(false);
});
