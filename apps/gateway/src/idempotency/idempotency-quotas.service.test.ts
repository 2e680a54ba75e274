import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newContext, runInContext } from '@patchbay/service';
import { eventually, startNats } from '@patchbay/testing';
import { startIdempotency } from '../../test/idempotency-replica.js';
import type { IdempotentRequest } from './idempotent-request.js';

let server: Awaited<ReturnType<typeof startNats>>;
const replicas: Awaited<ReturnType<typeof startIdempotency>>[] = [];

async function replica(places: number, bytes: number) {
  const started = await startIdempotency(server.url, { places, bytes });
  replicas.push(started);
  return started;
}

let one: Awaited<ReturnType<typeof replica>>;
let other: Awaited<ReturnType<typeof replica>>;
beforeAll(async () => {
  server = await startNats();
  [one, other] = [await replica(20, 0), await replica(20, 0)];
});
afterAll(async () => {
  await Promise.all(replicas.map(({ close }) => close()));
  await server?.stop();
});

const within = <T>(limitMs: number, work: () => Promise<T>) =>
  runInContext(newContext({ deadline: Date.now() + limitMs }), work);

describe.each([
  [
    'keys',
    (id: string, owner: string, _count: number): IdempotentRequest => ({
      owner,
      by: 'key',
      key: id,
      fingerprint: 'body',
    }),
  ],
  [
    'tries',
    (id: string, owner: string, count: number): IdempotentRequest => ({
      owner,
      by: 'client',
      retryCount: count,
      fingerprint: id,
    }),
  ],
] as const)('what is stored of projects: %s', (kind, requestOf) => {
  const counted = (answer: unknown) => {
    const work = {
      count: 0,
      run: async () => {
        work.count += 1;
        return answer;
      },
    };
    return { work, execution: { work: work.run, isCallerGone: () => true } };
  };

  it('is bounded for each: a flood of records drives out its own oldest, and no other caller’s', async () => {
    const [loud, quiet] = [randomUUID(), randomUUID()];
    const neighbour = counted({ n: 1 });
    await one.idempotency.execute(requestOf('theirs', quiet, 0), neighbour.execution);
    for (let index = 0; index < 100; index += 1) {
      await one.idempotency.execute(requestOf(`flood-${index}`, loud, 0), counted({ n: index }).execution);
    }
    // Twenty, and the tenth of them that may be new since the last trim.
    await eventually(async () => {
      expect((await one.store.subjectsUnder(one.store.subjectOf(kind, loud))).length).toBeLessThan(22);
    });
    const last = counted('again');
    const answer = await other.idempotency.execute(requestOf('flood-99', loud, 1), last.execution);
    expect([answer, last.work.count]).toEqual([{ n: 99 }, 0]);
    expect(await other.idempotency.execute(requestOf('theirs', quiet, 1), neighbour.execution)).toEqual({
      n: 1,
    });
    expect(neighbour.work.count).toBe(1);
  });

  it('keeps no answers over a project’s bytes, but still that the request was made', async () => {
    const [loud, quiet] = [randomUUID(), randomUUID()];
    const { idempotency } = await replica(0, 3_000_000);
    const large = counted({ text: 'x'.repeat(1_000_000) });
    for (const id of ['a', 'b', 'c', 'd']) await idempotency.execute(requestOf(id, loud, 0), large.execution);
    await idempotency.execute(requestOf('a', quiet, 0), large.execution);
    expect(large.work.count).toBe(5);
    const again = (id: string, owner: string) =>
      within(3_000, () => idempotency.execute(requestOf(id, owner, 1), large.execution));
    await expect(again('a', loud)).resolves.toHaveProperty('text');
    await expect(again('d', loud)).rejects.toMatchObject({ code: 'unavailable', retryable: false });
    await expect(again('a', quiet)).resolves.toHaveProperty('text');
    expect(large.work.count).toBe(5);
  });
});
