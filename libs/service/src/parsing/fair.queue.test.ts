import { describe, expect, it } from 'vitest';
import { FairQueue, type FairQueueLimits } from './fair.queue.js';

const queueOf = (limits: Partial<FairQueueLimits> = {}) =>
  new FairQueue({
    places: 2,
    placesPerOwner: 1,
    waitingPerOwner: 3,
    bytesPerOwner: 100,
    bytes: 150,
    ...limits,
  });

/** Work that goes on until it is told to end. */
function job() {
  let end: () => void = () => undefined;
  const ended = new Promise<void>((resolve) => (end = resolve));
  const state = { begun: false };
  const work = () => {
    state.begun = true;
    return ended;
  };
  return { state, work, end: () => end() };
}
const settled = () => new Promise((resolve) => setImmediate(resolve));

describe('a fair queue', () => {
  it('leaves a place to the next owner, however much the first one wants', async () => {
    const queue = queueOf();
    const greedy = [job(), job(), job()];
    const runs = greedy.map(({ work }) => queue.run('a', 1, work));
    const neighbour = job();
    const other = queue.run('b', 1, neighbour.work);
    await settled();
    expect(greedy.map(({ state }) => state.begun)).toEqual([true, false, false]);
    expect(neighbour.state.begun).toBe(true);
    for (const { end } of [...greedy, neighbour]) end();
    await Promise.all([...runs, other]);
  });

  it('gives owners their turns one after the other', async () => {
    const queue = queueOf({ places: 1 });
    const order: string[] = [];
    const say = (name: string) => async () => void order.push(name);
    const first = job();
    const runs = [
      queue.run('a', 1, first.work),
      ...['a1', 'a2'].map((name) => queue.run('a', 1, say(name))),
      ...['b1', 'b2'].map((name) => queue.run('b', 1, say(name))),
    ];
    first.end();
    await Promise.all(runs);
    expect(order).toEqual(['a1', 'b1', 'a2', 'b2']);
  });

  it('refuses what one owner, or all together, have too much of', async () => {
    const queue = queueOf();
    const held = job();
    const runs = [queue.run('a', 90, held.work)];
    await expect(queue.run('a', 20, held.work)).rejects.toMatchObject({
      code: 'rate_limited',
      retryable: true,
    });
    runs.push(queue.run('b', 60, held.work));
    await expect(queue.run('c', 10, held.work)).rejects.toMatchObject({ code: 'unavailable' });
    held.end();
    await Promise.all(runs);
    await expect(queue.run('a', 1_000, async () => 'alone')).resolves.toBe('alone');
  });

  it('lets go of what is given up while it waits', async () => {
    const queue = queueOf({ places: 1 });
    const held = job();
    const run = queue.run('a', 1, held.work);
    const never = job();
    const controller = new AbortController();
    const waits = queue.run('a', 1, never.work, controller.signal);
    controller.abort(new Error('given up'));
    await expect(waits).rejects.toThrow('given up');
    held.end();
    await run;
    expect({ begun: never.state.begun, waiting: queue.waiting }).toEqual({ begun: false, waiting: 0 });
  });
});
