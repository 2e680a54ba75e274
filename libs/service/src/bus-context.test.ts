import { Controller } from '@nestjs/common';
import { headers } from '@nats-io/transport-node';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Actor, defineEvent, defineRequest, defineSignal, type EventEnvelope } from '@patchbay/contracts';
import { eventually, startNats } from '@patchbay/testing';
import { z } from 'zod';
import { gate } from '../test/gate.js';
import { refusalOf } from '../test/refusal-of.js';
import { connectCaller, runService } from '../test/running-service.js';
import { Bus } from './bus.js';
import { currentContext, newContext, runInContext } from './context.js';
import { ensureEventStream } from './events/event-stream.js';
import { Handle, OnEvent, OnSignal } from './rpc/handle.js';

const Nothing = z.strictObject({});
const Hop = z.object({
  requestId: z.string(),
  projectId: z.string().nullable(),
  sessionId: z.string().nullable(),
  userId: z.string().nullable(),
  actor: Actor.nullable(),
  address: z.string().nullable(),
  storePayloads: z.boolean(),
  isRetry: z.boolean(),
  traceparent: z.string(),
  deadline: z.number(),
  left: z.number(),
});
const near = defineRequest('sessions.hops.near', Nothing, z.object({ near: Hop, far: Hop }));
const far = defineRequest('tools.hops.far', Nothing, Hop, { timeoutMs: 60_000 });
const short = defineRequest('tools.hops.far', Nothing, Hop, { timeoutMs: 500 });
/** By its contract it may take longer than a test. */
const stall = defineRequest('tools.hops.stall', Nothing, Nothing, { timeoutMs: 60_000 });
const rang = defineEvent('events.tools.bell.rang', z.object({ note: z.string() }));

const hush = defineSignal('signals.tools.bell.hush', z.object({ for: z.number() }));

const stalled = gate();

/** Where this handler runs, and how long the caller still waits for it. */
function here(): z.infer<typeof Hop> {
  const context = currentContext();
  if (!context) throw new Error('a handler without a context');
  return { ...context, left: context.deadline - Date.now() };
}

@Controller()
class NearController {
  constructor(private readonly bus: Bus) {}

  @Handle(near)
  async near(_input: object) {
    const before = here();
    return { near: before, far: await this.bus.request(far, {}) };
  }
}

/** A class a replica, as each counts for itself. */
function farController() {
  @Controller()
  class FarController {
    static requests = 0;
    static readonly heard: string[] = [];
    static readonly hushed: number[] = [];

    @Handle(far)
    far(_input: object) {
      FarController.requests += 1;
      return Promise.resolve(here());
    }

    @Handle(stall)
    async stall(_input: object) {
      await stalled.opened;
      return {};
    }

    @OnEvent(rang)
    onRang({ id }: EventEnvelope<{ note: string }>): Promise<void> {
      FarController.heard.push(id);
      if (FarController.heard.length === 1) throw new Error('the bell is too loud');
      return Promise.resolve();
    }

    @OnSignal(hush)
    onHush(signal: { for: number }): Promise<void> {
      FarController.hushed.push(signal.for);
      return Promise.resolve();
    }
  }
  return FarController;
}

describe('a message between services', () => {
  const replicas = [farController(), farController()] as const;
  let nats: Awaited<ReturnType<typeof startNats>>;
  let services: Awaited<ReturnType<typeof runService>>[];
  let caller: Awaited<ReturnType<typeof connectCaller>>;

  beforeAll(async () => {
    nats = await startNats();
    caller = await connectCaller(nats.url);
    await ensureEventStream(caller.nats);
    services = await Promise.all([
      runService(nats.url, 'sessions', [NearController]),
      ...replicas.map((replica) => runService(nats.url, 'tools', [replica])),
    ]);
  });

  afterAll(async () => {
    stalled.open();
    await Promise.all((services ?? []).map((service) => service.close()));
    await caller?.close();
    await nats?.stop();
  });

  it('carries request id, project, trace and deadline over every hop', async () => {
    const context = newContext({
      projectId: 'proj_1',
      requestId: 'req_1',
      sessionId: 'trs_1',
      userId: 'Zoë 日本\n',
      actor: { kind: 'project', keyId: 'key_1', name: 'Zoë’s key' },
      address: '2001:db8::7',
      storePayloads: false,
      deadline: Date.now() + 5_000,
    });
    const hops = await runInContext(context, () => caller.bus.request(near, {}));
    expect(hops.near).toMatchObject(context);
    expect(hops.far).toMatchObject(context);
    expect(hops.near.left).toBeLessThanOrEqual(5_000);
    expect(hops.far.left).toBeLessThanOrEqual(hops.near.left);
  });

  it('has a context of its own when no request began it', async () => {
    const { near: first, far: second } = await caller.bus.request(near, {});
    expect(first).toMatchObject({ projectId: null, requestId: expect.stringMatching(/^req_/) });
    expect(first.traceparent).toMatch(/^00-[0-9a-f]{32}-[0-9a-f]{16}-01$/);
    expect(second).toMatchObject({ requestId: first.requestId, traceparent: first.traceparent });
    expect(first.left).toBeLessThanOrEqual(near.timeoutMs);
  });

  it('has the earlier of the two deadlines, of the request and of its contract', async () => {
    const context = newContext({ deadline: Date.now() + 5_000 });
    const hop = await runInContext(context, () => caller.bus.request(short, {}));
    expect(hop.left).toBeLessThanOrEqual(500);
  });

  it('is waited for no longer than the deadline that came with the request', async () => {
    const context = newContext({ deadline: Date.now() + 200 });
    const refusal = await refusalOf(runInContext(context, () => caller.bus.request(stall, {})));
    expect(refusal).toMatchObject({ code: 'unavailable', retryable: false });
  });

  it('is neither sent nor worked on past its deadline', async () => {
    const before = replicas[0].requests + replicas[1].requests;
    const context = newContext({ deadline: Date.now() - 1 });
    const unsent = await refusalOf(runInContext(context, () => caller.bus.request(far, {})));
    expect(unsent).toMatchObject({ code: 'unavailable', retryable: true });

    const late = headers();
    late.set('Patchbay-Deadline', String(context.deadline));
    const reply = await caller.nats.connection.request(far.subject, '{}', { headers: late, timeout: 5_000 });
    expect(reply.json()).toMatchObject({ error: { code: 'unavailable', retryable: true } });
    expect(replicas[0].requests + replicas[1].requests).toBe(before);
  });

  it('is answered by one of the replicas, which share the work', async () => {
    const before = replicas.map((replica) => replica.requests);
    await Promise.all(Array.from({ length: 60 }, () => caller.bus.request(far, {})));
    const answered = replicas.map((replica, index) => replica.requests - before[index]!);
    expect(answered[0]! + answered[1]!).toBe(60);
    expect(Math.min(...answered)).toBeGreaterThan(0);
  });

  it('is heard by every replica when it is an event, and the next one too if a handler threw', async () => {
    const events = ['c', 'e'].map((note) => caller.bus.envelop('proj_1', { note }));
    for (const event of events) await caller.bus.publish(rang, event);
    // Those that come at the same time share a message.
    const crowd = Array.from({ length: 20 }, (_, index) =>
      caller.bus.envelop('proj_1', { note: `${index}` }),
    );
    await Promise.all(crowd.map((event) => caller.bus.publish(rang, event)));
    events.push(...crowd);
    const ids = events.map(({ id }) => id);
    await eventually(() => {
      for (const { heard } of replicas) expect(heard).toEqual(ids);
    });
    await eventually(() => {
      for (const { lines } of services.slice(1)) {
        expect(lines).toContainEqual(expect.objectContaining({ msg: 'an event could not be handled' }));
      }
    });
  });

  it('is heard by every replica when it is a signal, which is kept nowhere', async () => {
    caller.bus.signal(hush, { for: 3 });
    await eventually(() => {
      for (const { hushed } of replicas) expect(hushed).toEqual([3]);
    });
  });
});
