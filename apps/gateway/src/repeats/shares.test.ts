import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createLogger, NatsClient, newContext, RepeatStore, runInContext } from '@patchbay/service';
import { eventually, startNats } from '@patchbay/testing';
import type { Repeat } from './repeat.js';
import { RepeatsService } from './repeats.service.js';
import { RepeatShares } from './shares.service.js';

const logger = createLogger('gateway', 'silent');

let server: Awaited<ReturnType<typeof startNats>>;
const clients: NatsClient[] = [];

async function replica(places: number, bytes: number) {
  const nats = await NatsClient.connect('gateway', server.url, logger);
  clients.push(nats);
  const store = new RepeatStore(nats, logger);
  await store.onModuleInit();
  const share = { PATCHBAY_REPEATS_PROJECT_PLACES: places, PATCHBAY_REPEATS_PROJECT_BYTES: bytes };
  return { store, repeats: new RepeatsService(store, new RepeatShares(store, share, logger)) };
}

let one: Awaited<ReturnType<typeof replica>>;
let other: Awaited<ReturnType<typeof replica>>;
beforeAll(async () => {
  server = await startNats();
  [one, other] = [await replica(20, 0), await replica(20, 0)];
});
afterAll(async () => {
  await Promise.all(clients.map((client) => client.close()));
  await server?.stop();
});

const within = <T>(limitMs: number, work: () => Promise<T>) =>
  runInContext(newContext({ deadline: Date.now() + limitMs }), work);

describe.each([
  [
    'keys',
    (id: string, owner: string, _count: number): Repeat => ({
      owner,
      by: 'key',
      key: id,
      fingerprint: 'body',
    }),
  ],
  [
    'tries',
    (id: string, owner: string, count: number): Repeat => ({ owner, by: 'client', count, fingerprint: id }),
  ],
] as const)('what is kept of projects: %s', (kind, repeatOf) => {
  const once = (answer: unknown) => {
    const work = {
      count: 0,
      run: async () => {
        work.count += 1;
        return answer;
      },
    };
    return { work, once: { work: work.run, isCallerGone: () => true } };
  };

  it('is bounded for each: a flood of places takes away its own oldest, and nobody else’s', async () => {
    const [loud, quiet] = [randomUUID(), randomUUID()];
    const neighbour = once({ n: 1 });
    await one.repeats.once(repeatOf('theirs', quiet, 0), neighbour.once);
    for (let index = 0; index < 100; index += 1) {
      await one.repeats.once(repeatOf(`flood-${index}`, loud, 0), once({ n: index }).once);
    }
    // Twenty, and the tenth of them that may be new since the last look.
    await eventually(async () => {
      expect((await one.store.below(one.store.placeOf(kind, loud))).length).toBeLessThan(22);
    });
    const last = once('again');
    const answer = await other.repeats.once(repeatOf('flood-99', loud, 1), last.once);
    expect([answer, last.work.count]).toEqual([{ n: 99 }, 0]);
    expect(await other.repeats.once(repeatOf('theirs', quiet, 1), neighbour.once)).toEqual({ n: 1 });
    expect(neighbour.work.count).toBe(1);
  });

  it('keeps no answers over a project’s bytes, but still that the request was made', async () => {
    const [loud, quiet] = [randomUUID(), randomUUID()];
    const { repeats } = await replica(0, 3_000_000);
    const large = once({ text: 'x'.repeat(1_000_000) });
    for (const id of ['a', 'b', 'c', 'd']) await repeats.once(repeatOf(id, loud, 0), large.once);
    await repeats.once(repeatOf('a', quiet, 0), large.once);
    expect(large.work.count).toBe(5);
    const again = (id: string, owner: string) =>
      within(3_000, () => repeats.once(repeatOf(id, owner, 1), large.once));
    await expect(again('a', loud)).resolves.toHaveProperty('text');
    await expect(again('d', loud)).rejects.toMatchObject({ code: 'unavailable', retryable: false });
    await expect(again('a', quiet)).resolves.toHaveProperty('text');
    expect(large.work.count).toBe(5);
  });
});
