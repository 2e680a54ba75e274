import { Patchbay } from '@patchbay/client';
import { describe, expect, it } from 'vitest';
import { untilDone } from './incident.js';

const RUNNING = { id: 'inc_1', state: 'running', accounts_left: 3, left_at_providers: 0 } as never;

/** A platform that gives these answers to looks, one after the other. */
function answering(...answers: (Response | Error)[]) {
  const fetch = async () => {
    const next = answers.shift()!;
    if (next instanceof Error) throw next;
    return next;
  };
  return new Patchbay({ baseUrl: 'http://localhost', apiKey: 'ak_of_a_test', retries: 0, fetch });
}

function look(patchbay: Patchbay) {
  const told: string[] = [];
  const looking = {
    signal: new AbortController().signal,
    note: (text: string) => told.push(text),
    everyMs: 1,
  };
  return { told, done: untilDone(patchbay, RUNNING, looking) };
}

describe('waiting for an incident', () => {
  it('goes on while a service is away, and says so', async () => {
    const patchbay = answering(
      Response.json({ error: { message: 'The auth service is not running.' } }, { status: 503 }),
      new TypeError('fetch failed'),
      Response.json({ id: 'inc_1', state: 'done' }),
    );
    const { told, done } = look(patchbay);
    expect(await done).toMatchObject({ state: 'done' });
    expect(told).toHaveLength(3);
  });

  it('ends with a refusal', async () => {
    const { done } = look(answering(Response.json({}, { status: 401 })));
    await expect(done).rejects.toMatchObject({ status: 401 });
  });

  it('ends when an outage does not', async () => {
    const away = Array.from({ length: 200 }, () => Response.json({}, { status: 503 }));
    const { done } = look(answering(...away));
    await expect(done).rejects.toMatchObject({ status: 503 });
  });
});
