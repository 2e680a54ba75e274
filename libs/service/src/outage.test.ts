import { Controller } from '@nestjs/common';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { defineEvent, defineRequest } from '@patchbay/contracts';
import { eventually } from '@patchbay/testing';
import { z } from 'zod';
import { gate } from '../test/gate.js';
import { refusalOf } from '../test/refusal-of.js';
import { startRestartableNats } from '../test/restartable-nats.js';
import { connectCaller, runService } from '../test/running-service.js';
import { EventCache } from './event-cache.js';
import { ensureEventStream } from './events/event-stream.js';
import { Handle } from './rpc/handle.js';

const Nothing = z.strictObject({});
/** To wait for the end of one takes longer than a test may. */
const patience = { timeoutMs: 60_000 };
const echo = defineRequest('tools.echo.answer', Nothing, Nothing, patience);
const stall = defineRequest('tools.echo.stall', Nothing, Nothing, patience);
const echoed = defineEvent('events.tools.echo.answered', Nothing);

const stalled = gate();
let taken = 0;

@Controller()
class EchoController {
  @Handle(echo)
  echo(_input: object) {
    return Promise.resolve({});
  }

  @Handle(stall)
  async stall(_input: object) {
    taken += 1;
    await stalled.opened;
    return {};
  }
}

describe('without NATS', () => {
  let nats: Awaited<ReturnType<typeof startRestartableNats>>;
  let service: Awaited<ReturnType<typeof runService>>;
  let caller: Awaited<ReturnType<typeof connectCaller>>;

  const connected = (expected: boolean) =>
    eventually(() => {
      expect(caller.nats.connected).toBe(expected);
      expect(service.nats.connected).toBe(expected);
    });

  beforeAll(async () => {
    nats = await startRestartableNats();
    [service, caller] = await Promise.all([
      runService(nats.url, 'tools', [EchoController]),
      connectCaller(nats.url),
    ]);
    await ensureEventStream(caller.nats);
  });

  beforeEach(async () => {
    await nats.start();
    await connected(true);
  });

  afterAll(async () => {
    stalled.open();
    await service?.close();
    await caller?.close();
    await nats?.remove();
  });

  it('a request fails at once, and works again after the restart with nothing built again', async () => {
    await nats.stop();
    await connected(false);
    const refusal = await refusalOf(caller.bus.request(echo, {}));
    expect(refusal).toMatchObject({ code: 'unavailable', retryable: true });

    await nats.start();
    await eventually(() => expect(caller.bus.request(echo, {})).resolves.toEqual({}));
  });

  it('who waits until the server knows the subscriptions waits for it to be back', async () => {
    process.kill(nats.pid, 'SIGSTOP');
    const flushed = caller.nats.flush();
    await nats.stop('SIGKILL');
    await connected(false);
    await nats.start();
    await expect(flushed).resolves.toBeUndefined();
  });

  it('a request that is sent in the very moment of the stop fails with the connection', async () => {
    const errors: unknown[] = [];
    const stopping = nats.stop('SIGKILL');
    while (caller.nats.connected) {
      await Promise.all([
        caller.bus.request(echo, {}).catch((error: unknown) => void errors.push(error)),
        new Promise(setImmediate),
      ]);
    }
    await stopping;
    for (const error of errors) expect(error).toMatchObject({ name: 'AppError', code: 'unavailable' });
  });

  it('a request under way fails at once, and may not be repeated', async () => {
    const before = taken;
    const underWay = refusalOf(caller.bus.request(stall, {}));
    await eventually(() => expect(taken).toBe(before + 1));
    const [refusal] = await Promise.all([underWay, nats.stop()]);
    expect(refusal).toMatchObject({ code: 'unavailable', retryable: false });
  });

  it('an event is refused at once, and taken again after the restart', async () => {
    await nats.stop();
    await connected(false);
    const event = caller.bus.envelop('proj_1', {});
    const refusal = await refusalOf(caller.bus.publish(echoed, event));
    // After a wait it would be the stream that does not take it.
    expect(refusal).toMatchObject({ retryable: true, message: 'The message bus is not reachable.' });

    await nats.start();
    await eventually(() => caller.bus.publish(echoed, event));
  });

  it('what a cache remembers is good until the connection is back, as events were missed meanwhile', async () => {
    let loads = 0;
    const cache = new EventCache(caller.nats, {
      max: 10,
      ttlMs: 60_000,
      load: (key) => Promise.resolve({ key, load: (loads += 1) }),
    });
    await cache.get('a');
    await nats.stop();
    await connected(false);
    await expect(cache.get('a')).resolves.toEqual({ key: 'a', load: 1 });

    await nats.start();
    await connected(true);
    await eventually(() => expect(cache.get('a')).resolves.toEqual({ key: 'a', load: 2 }));
    await expect(cache.get('a')).resolves.toEqual({ key: 'a', load: 2 });
  });
});
