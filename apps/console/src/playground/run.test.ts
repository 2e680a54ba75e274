import { expect, it } from 'vitest';
import { readRun, withTold, type Step } from './run.js';

it('what is told becomes steps: pieces of text are joined, and a result stands with its call', () => {
  const call = { id: 'a', tool_slug: 'TIME_NOW', arguments: {} };
  const result = {
    id: 'a',
    successful: true,
    error: null,
    data: {},
    is_clipped: false,
    content: '{}',
    log_id: 'log_1',
    duration_ms: 3,
  };
  const told: Parameters<typeof withTold>[1][] = [
    { event: 'text', data: { text: 'I ' } },
    { event: 'text', data: { text: 'call.' } },
    { event: 'call', data: call },
    { event: 'result', data: result },
    { event: 'text', data: { text: 'Done.' } },
    { event: 'end', data: { reason: 'done', message: null } },
  ];
  const steps = told.reduce<Step[]>(withTold, [{ kind: 'user', text: 'go' }]);
  expect(steps).toEqual([
    { kind: 'user', text: 'go' },
    { kind: 'said', text: 'I call.' },
    { kind: 'call', id: 'a', tool: 'TIME_NOW', arguments: {}, result },
    { kind: 'said', text: 'Done.' },
  ]);
  expect(withTold(steps, { event: 'end', data: { reason: 'failed', message: 'No.' } }).at(-1)).toEqual({
    kind: 'ending',
    text: 'No.',
    isBad: true,
  });
});

it('a run that breaks off before its end is told of, and is not taken for one that is done', async () => {
  const stream = (...events: string[]) =>
    new Response(events.map((event) => `event: ${event}\ndata: {"text":"I "}\n\n`).join(''));
  const heard: string[] = [];
  await expect(readRun(stream('text'), ({ event }) => heard.push(event))).rejects.toThrow('broke off');
  await readRun(stream('text', 'end'), ({ event }) => heard.push(event));
  expect(heard).toEqual(['text', 'text', 'end']);
});
