import { jetstreamManager } from '@nats-io/jetstream';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { defineEvent, EventEnvelope } from '@patchbay/contracts';
import { startNats } from '@patchbay/testing';
import { z } from 'zod';
import { refusalOf } from '../test/refusal-of.js';
import { connectCaller } from '../test/running-service.js';
import { newContext, runInContext } from './context.js';
import { checkEventStream, ensureEventStream, EVENT_STREAM } from './events/event-stream.js';

const rang = defineEvent('events.tools.bell.rang', z.object({ note: z.string() }));

describe('Bus.publish', () => {
  let nats: Awaited<ReturnType<typeof startNats>>;
  let client: Awaited<ReturnType<typeof connectCaller>>;

  beforeAll(async () => {
    nats = await startNats();
    client = await connectCaller(nats.url, 'tools');
  });

  afterAll(async () => {
    await client?.close();
    await nats?.stop();
  });

  const streams = async () => (await jetstreamManager(client.nats.connection)).streams;
  const stored = async () => (await (await streams()).info(EVENT_STREAM)).state.messages;

  it('refuses an event, which may be sent again, while there is no stream', async () => {
    await expect(checkEventStream(client.nats)).rejects.toThrow(/stream not found/);
    const refusal = await refusalOf(client.bus.publish(rang, client.bus.envelop('proj_1', { note: 'c' })));
    expect(refusal).toMatchObject({ code: 'unavailable', retryable: true });
  });

  it('finds the stream as it was left when it is made sure of again', async () => {
    await ensureEventStream(client.nats);
    await client.bus.publish(rang, client.bus.envelop('proj_1', { note: 'c' }));
    await Promise.all([ensureEventStream(client.nats), ensureEventStream(client.nats)]);
    await expect(checkEventStream(client.nats)).resolves.toBeUndefined();
    expect(await stored()).toBe(1);
  });

  it('stores an event once however often it is sent', async () => {
    const before = await stored();
    const event = client.bus.envelop('proj_1', { note: 'd' });
    await client.bus.publish(rang, event);
    await Promise.all([client.bus.publish(rang, event), client.bus.publish(rang, event)]);
    await client.bus.publishRaw(rang.subject, event.id, JSON.stringify(event));
    expect(await stored()).toBe(before + 1);
  });

  it('refuses an event that is too large, for good, and none of those that come with it', async () => {
    const events = ['a', 'x'.repeat(9_000_000), 'b', '語'.repeat(180_000), 'c'].map((note) =>
      client.bus.envelop('proj_1', { note }),
    );
    const ends = await Promise.allSettled(events.map((event) => client.bus.publish(rang, event)));
    expect(ends.map(({ status }) => status)).toEqual([
      'fulfilled',
      'rejected',
      'fulfilled',
      'rejected',
      'fulfilled',
    ]);
    expect(ends[1]).toMatchObject({ reason: { name: 'MessageTooLarge', retryable: false } });
    const raw = client.bus.publishRaw(rang.subject, 'evt_raw', 'x'.repeat(600_000));
    expect(await refusalOf(raw)).toMatchObject({ name: 'MessageTooLarge', retryable: false });
  });

  it('cuts the texts of an event for it to fit, and nothing else', () => {
    const data = {
      id: 'conn_1',
      reason: 'r'.repeat(9_000_000),
      list: [{ note: '語'.repeat(300_000) }],
      n: 7,
    };
    const event = client.bus.envelop('proj_1', data);
    const { body, isCut, fits } = client.bus.fit(event);
    expect({ isCut, fits }).toEqual({ isCut: true, fits: true });
    expect(Buffer.byteLength(body)).toBeLessThanOrEqual(client.bus.maxEventBytes);
    expect(JSON.parse(body)).toEqual({
      ...event,
      data: {
        ...data,
        reason: expect.stringMatching(/^r+…$/),
        list: [{ note: expect.stringMatching(/^語+…$/) }],
      },
    });
    const many = client.bus.envelop('proj_1', {
      ids: Array.from({ length: 40_000 }, (_, i) => `grant_${i}_aaaa`),
    });
    expect(client.bus.fit(many).fits).toBe(false);
    const small = client.bus.envelop('proj_1', { reason: 'r' });
    expect(client.bus.fit(small)).toEqual({ body: JSON.stringify(small), isCut: false, fits: true });
  });

  it('stores events that come at the same time in few messages, none twice', async () => {
    const events = Array.from({ length: 50 }, (_, index) =>
      client.bus.envelop('proj_1', { note: `${index}` }),
    );
    await (await streams()).purge(EVENT_STREAM);
    await Promise.all(events.map((event) => client.bus.publish(rang, event)));
    const messages = await stored();
    expect(messages).toBeLessThan(10);
    const { state } = await (await streams()).info(EVENT_STREAM);
    const bodies = await Promise.all(
      Array.from({ length: messages }, async (_, index) =>
        (await (await streams()).getMessage(EVENT_STREAM, { seq: state.first_seq + index }))?.string(),
      ),
    );
    const lines = bodies.join('\n').split('\n');
    expect(lines.map((line) => EventEnvelope.parse(JSON.parse(line)))).toEqual(events);
  });

  it('stores the envelope with the request that caused it', async () => {
    const context = newContext({ requestId: 'req_bell', sessionId: 'trs_1', deadline: Date.now() + 5_000 });
    const event = runInContext(context, () => client.bus.envelop('proj_1', { note: 'e' }));
    await client.bus.publish(rang, event);
    const message = await (await streams()).getMessage(EVENT_STREAM, { last_by_subj: rang.subject });
    expect(EventEnvelope.parse(message?.json())).toEqual({
      id: expect.stringMatching(/^evt_/),
      at: expect.stringMatching(/^\d{4}-.*Z$/),
      projectId: 'proj_1',
      requestId: 'req_bell',
      sessionId: 'trs_1',
      data: { note: 'e' },
    });
  });
});
