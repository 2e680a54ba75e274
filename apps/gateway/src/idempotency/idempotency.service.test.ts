import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { AppError } from '@patchbay/contracts';
import { newContext, runInContext } from '@patchbay/service';
import { eventually, startNats } from '@patchbay/testing';
import { startIdempotency } from '../../test/idempotency-replica.js';
import type { IdempotentRequest } from './idempotent-request.js';

let server: Awaited<ReturnType<typeof startNats>>;
const replicas: Awaited<ReturnType<typeof startIdempotency>>[] = [];

async function replica() {
  const started = await startIdempotency(server.url);
  replicas.push(started);
  return started;
}

let one: Awaited<ReturnType<typeof replica>>;
let other: Awaited<ReturnType<typeof replica>>;
beforeAll(async () => {
  server = await startNats();
  [one, other] = [await replica(), await replica()];
});
afterAll(async () => {
  await Promise.all(replicas.map(({ close }) => close()));
  await server?.stop();
});

/** Work that counts how often it is done, and ends when it is told to. */
function slowWork(answer: unknown = { done: true }) {
  let open = () => {};
  let fail: (error: Error) => void = () => {};
  const opened = new Promise<void>((resolve, reject) => {
    open = resolve;
    fail = reject;
  });
  // It may be told to fail before anybody waits for it.
  opened.catch(() => undefined);
  const work = { count: 0, open, fail, run: () => Promise.resolve<unknown>(undefined) };
  work.run = async () => {
    work.count += 1;
    await opened;
    return answer;
  };
  return work;
}

const within = <T>(limitMs: number, work: () => Promise<T>) =>
  runInContext(newContext({ deadline: Date.now() + limitMs }), work);
const client = (fingerprint: string, retryCount: number): IdempotentRequest => ({
  owner: 'project',
  by: 'client',
  fingerprint,
  retryCount,
});
const keyed = (key: string, fingerprint = 'body'): IdempotentRequest => ({
  owner: 'project',
  by: 'key',
  key,
  fingerprint,
});
const stays = () => false;
const left = () => true;
const refused = (code: string, retryable: boolean) => expect.objectContaining({ code, retryable }) as unknown;

describe.each([
  ['a key of the caller', (id: string, _count: number) => keyed(id)],
  ['the retry count of a client', client],
])('a request that is retried with %s', (_, requestOf) => {
  it('joins the first one while that is running, at another replica too', async () => {
    const id = randomUUID();
    const work = slowWork();
    const first = within(20_000, () =>
      one.idempotency.execute(requestOf(id, 0), { work: work.run, isCallerGone: left }),
    );
    await eventually(() => expect(work.count).toBe(1));
    const again = [one, other].map(({ idempotency }) =>
      within(20_000, () => idempotency.execute(requestOf(id, 1), { work: work.run, isCallerGone: stays })),
    );
    work.open();
    expect(await Promise.all([first, ...again])).toEqual([{ done: true }, { done: true }, { done: true }]);
    expect(work.count).toBe(1);
  });

  it('is answered again with what a first one that its caller left came to', async () => {
    const id = randomUUID();
    const work = slowWork({ number: 7 });
    work.open();
    await one.idempotency.execute(requestOf(id, 0), { work: work.run, isCallerGone: left });
    const again = await eventually(() =>
      within(2_000, () =>
        other.idempotency.execute(requestOf(id, 2), { work: work.run, isCallerGone: stays }),
      ),
    );
    expect(again).toEqual({ number: 7 });
    expect(work.count).toBe(1);
  });

  it('is refused again as it was', async () => {
    const id = randomUUID();
    const work = slowWork();
    work.fail(new AppError('tool_not_found', 'There is no tool X.', { suggestion: 'Search.' }));
    const execution = { work: work.run, isCallerGone: left };
    await expect(one.idempotency.execute(requestOf(id, 0), execution)).rejects.toEqual(
      refused('tool_not_found', false),
    );
    await expect(
      within(2_000, () => other.idempotency.execute(requestOf(id, 1), execution)),
    ).rejects.toMatchObject({
      code: 'tool_not_found',
      suggestion: 'Search.',
    });
    expect(work.count).toBe(1);
  });

  it('is made again when the first one did nothing', async () => {
    const id = randomUUID();
    const away = slowWork();
    away.fail(new AppError('unavailable', 'The tools service is not running.'));
    await expect(
      one.idempotency.execute(requestOf(id, 0), { work: away.run, isCallerGone: stays }),
    ).rejects.toEqual(refused('unavailable', true));
    const work = vi.fn<(isRetry: boolean) => Promise<object>>(async (isRetry) => ({ isRetry }));
    const again = await within(2_000, () =>
      other.idempotency.execute(requestOf(id, 1), { work, isCallerGone: stays }),
    );
    expect(again).toEqual({ isRetry: true });
    expect(work).toHaveBeenCalledTimes(1);
  });

  it('is not made again when the replica that made it is gone, and says so', async () => {
    const id = randomUUID();
    const work = slowWork();
    // Its deadline is over, and no end was ever written: its replica was killed.
    void within(-10_000, () =>
      one.idempotency.execute(requestOf(id, 0), { work: work.run, isCallerGone: left }),
    );
    await eventually(() => expect(work.count).toBe(1));
    const again = within(20_000, () =>
      other.idempotency.execute(requestOf(id, 1), { work: work.run, isCallerGone: stays }),
    );
    await expect(again).rejects.toEqual(refused('unavailable', false));
    expect(work.count).toBe(1);
    work.open();
  });
});

describe('a request with the retry count of a client', () => {
  it('is made each time that it is meant, also side by side', async () => {
    const id = randomUUID();
    const work = slowWork();
    work.open();
    const execution = { work: work.run, isCallerGone: stays };
    await Promise.all([1, 2, 3].map(() => one.idempotency.execute(client(id, 0), execution)));
    expect(work.count).toBe(3);
  });

  it('is made when its first attempt never arrived', async () => {
    const work = slowWork();
    work.open();
    await one.idempotency.execute(client(randomUUID(), 1), { work: work.run, isCallerGone: stays });
    expect(work.count).toBe(1);
  });

  it('finds the attempt that is running among others that were answered', async () => {
    const id = randomUUID();
    const slow = slowWork({ slow: true });
    const first = within(20_000, () =>
      one.idempotency.execute(client(id, 0), { work: slow.run, isCallerGone: left }),
    );
    await eventually(() => expect(slow.count).toBe(1));
    const answered = slowWork();
    answered.fail(new AppError('unavailable', 'Away.'));
    await expect(
      one.idempotency.execute(client(id, 0), { work: answered.run, isCallerGone: stays }),
    ).rejects.toThrow('Away.');
    const again = within(20_000, () =>
      other.idempotency.execute(client(id, 1), { work: slow.run, isCallerGone: stays }),
    );
    slow.open();
    expect(await Promise.all([first, again])).toEqual([{ slow: true }, { slow: true }]);
    expect(slow.count).toBe(1);
  });
});

describe('an attempt of a client that was answered', () => {
  const answered = async (at: typeof one, id: string, answer: unknown = { done: true }) => {
    const work = slowWork(answer);
    work.open();
    await at.idempotency.execute(client(id, 0), { work: work.run, isCallerGone: stays });
    return work;
  };
  const retried = (id: string, { run }: ReturnType<typeof slowWork>) =>
    within(4_000, () => other.idempotency.execute(client(id, 1), { work: run, isCallerGone: stays }));
  const endsStored = async (id: string) => {
    const subjects = await other.store.subjectsUnder(other.store.subjectOf('tries', 'project', id));
    const stored = await Promise.all(subjects.map((subject) => other.store.read(subject)));
    return stored.map((record) => record?.body.includes('"ended"'));
  };

  it('is answered again elsewhere, as its connection may have broken just then', async () => {
    const id = randomUUID();
    const work = await answered(one, id, { number: 9 });
    await eventually(async () => expect(await endsStored(id)).toEqual([false]));
    expect(await retried(id, work)).toEqual({ number: 9 });
    expect(work.count).toBe(1);
    expect(await endsStored(id)).toEqual([true]);
  });

  it('is not made again elsewhere when its answer is too large to be remembered', async () => {
    const id = randomUUID();
    const work = await answered(one, id, { text: 'x'.repeat(20_000) });
    await expect(retried(id, work)).rejects.toMatchObject({
      retryable: false,
      message: expect.stringContaining('not kept'),
    });
    expect(work.count).toBe(1);
  });

  it('is answered again when its replica has stopped in good order', async () => {
    const third = await replica();
    const [before, during] = [randomUUID(), randomUUID()];
    const first = await answered(third, before, { at: 'before' });
    await third.drain();
    const second = await answered(third, during, { at: 'during' });
    third.fallSilent();
    await eventually(async () => expect(await endsStored(during)).toEqual([true]));
    expect(await Promise.all([retried(before, first), retried(during, second)])).toEqual([
      { at: 'before' },
      { at: 'during' },
    ]);
  });

  it('is not made again when its replica was killed', async () => {
    const id = randomUUID();
    const third = await replica();
    const work = await answered(third, id);
    third.fallSilent();
    await expect(retried(id, work)).rejects.toEqual(refused('unavailable', false));
    expect(work.count).toBe(1);
  });
});

describe('a key', () => {
  it('belongs to one request: with another one it is refused', async () => {
    const id = randomUUID();
    const work = slowWork();
    work.open();
    const execution = { work: work.run, isCallerGone: stays };
    await one.idempotency.execute(keyed(id, 'a'), execution);
    await expect(other.idempotency.execute(keyed(id, 'b'), execution)).rejects.toEqual(
      refused('idempotency_key_reused', false),
    );
    expect(work.count).toBe(1);
  });

  it('is told that its answer was too large to be kept, by the bytes of it', async () => {
    const id = randomUUID();
    const work = slowWork({ text: '語'.repeat(3_500_000) });
    work.open();
    await one.idempotency.execute(keyed(id), { work: work.run, isCallerGone: stays });
    const again = within(3_000, () =>
      other.idempotency.execute(keyed(id), { work: work.run, isCallerGone: stays }),
    );
    await expect(again).rejects.toMatchObject({
      code: 'unavailable',
      retryable: false,
      message: expect.stringContaining('not kept'),
    });
    expect(work.count).toBe(1);
  });

  it('that was released is claimed by one of many again', async () => {
    const id = randomUUID();
    const away = slowWork();
    away.fail(new AppError('unavailable', 'Away.'));
    await expect(one.idempotency.execute(keyed(id), { work: away.run, isCallerGone: stays })).rejects.toThrow(
      'Away.',
    );
    const work = slowWork({ n: 2 });
    const all = [one, other, one, other].map(({ idempotency }) =>
      within(20_000, () => idempotency.execute(keyed(id), { work: work.run, isCallerGone: stays })),
    );
    await eventually(() => expect(work.count).toBe(1));
    work.open();
    expect(await Promise.all(all)).toEqual(all.map(() => ({ n: 2 })));
    expect(work.count).toBe(1);
  });

  it('is claimed by one of many concurrent requests, and answers all of them', async () => {
    const id = randomUUID();
    const work = slowWork({ n: 1 });
    const all = Array.from({ length: 20 }, (_, index) =>
      within(20_000, () =>
        (index % 2 ? one : other).idempotency.execute(keyed(id), { work: work.run, isCallerGone: stays }),
      ),
    );
    await eventually(() => expect(work.count).toBe(1));
    work.open();
    expect(new Set((await Promise.all(all)).map((answer) => JSON.stringify(answer)))).toEqual(
      new Set(['{"n":1}']),
    );
    expect(work.count).toBe(1);
  });
});
