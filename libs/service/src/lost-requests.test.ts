import { Controller } from '@nestjs/common';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { AppError, defineRequest } from '@patchbay/contracts';
import { eventually, startNats } from '@patchbay/testing';
import { z } from 'zod';
import { gate } from '../test/gate.js';
import { connectCaller, runService } from '../test/running-service.js';
import { Handle } from './rpc/handle.js';

const Nothing = z.strictObject({});
const LIMIT_MS = 60_000;
const stall = defineRequest('tools.echo.stall', Nothing, Nothing, { timeoutMs: LIMIT_MS });

const stalled = gate();

/** A replica that is at work on whatever it takes until the gate opens. */
function replica() {
  const taken = { count: 0 };
  @Controller()
  class StallController {
    @Handle(stall)
    async stall(_input: object) {
      taken.count += 1;
      await stalled.opened;
      return {};
    }
  }
  return { taken, start: () => runService(nats.url, 'tools', [StallController]) };
}

let nats: Awaited<ReturnType<typeof startNats>>;
let caller: Awaited<ReturnType<typeof connectCaller>>;
beforeAll(async () => {
  nats = await startNats();
  caller = await connectCaller(nats.url);
});
afterAll(async () => {
  stalled.open();
  await caller?.close();
  await nats?.stop();
});

it(
  'a request whose replica is gone ends long before its time, and what another is at work on goes on',
  async () => {
    const [one, other] = [replica(), replica()];
    const ended = { lost: 0, done: 0 };
    const send = async () => {
      const answer = await caller.bus.request(stall, {}).catch((error: unknown) => error);
      if (!(answer instanceof AppError)) return void (ended.done += 1);
      expect(answer).toMatchObject({
        code: 'unavailable',
        message: 'The tools service was lost during the request.',
        retryable: false,
      });
      ended.lost += 1;
    };
    const stays = await one.start();
    const killed = await other.start();
    try {
      const sent: Promise<void>[] = [];
      while (one.taken.count === 0 || other.taken.count === 0) {
        sent.push(send());
        await eventually(() => expect(one.taken.count + other.taken.count).toBe(sent.length));
      }
      // As a kill does it: nothing more is said, and what was taken is never answered.
      await killed.nats.connection.close();
      await eventually(() => expect(ended.lost).toBe(other.taken.count), { timeout: LIMIT_MS / 2 });
      expect(ended.done).toBe(0);
      stalled.open();
      await Promise.all(sent);
      expect(ended).toEqual({ lost: other.taken.count, done: one.taken.count });
    } finally {
      stalled.open();
      await Promise.all([stays.close(), killed.close()]);
    }
  },
  LIMIT_MS,
);
