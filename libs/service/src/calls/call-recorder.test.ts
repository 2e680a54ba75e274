import { setImmediate } from 'node:timers/promises';
import { jetstreamManager, type StreamAPI } from '@nats-io/jetstream';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  CallFinished,
  CallStarted,
  EventEnvelope,
  metaCallFinished,
  metaCallStarted,
  RawJson,
  RECORD_SIZES,
  redactLinkTokens,
  toolCallFinished,
  toolCallStarted,
} from '@patchbay/contracts';
import { eventually } from '@patchbay/testing';
import { gate } from '../../test/gate.js';
import { refusalOf } from '../../test/refusal-of.js';
import { startRestartableNats } from '../../test/restartable-nats.js';
import { connectCaller } from '../../test/running-service.js';
import type { Bus } from '../bus.js';
import { newContext, runInContext } from '../context.js';
import { ensureEventStream, EVENT_STREAM, lastSequence } from '../events/event-stream.js';
import { CallRecorder, type CallDescription, type CallEnd, type RecordPolicy } from './call-recorder.js';

const call: CallDescription = {
  projectId: 'proj_1',
  userId: 'alice',
  sessionId: null,
  toolkit: 'time',
  toolSlug: 'TIME_GET_CURRENT_TIME',
  parent: null,
  arguments: { timezone: 'Europe/Paris' },
  storePayloads: true,
};
const policy: RecordPolicy = {
  started: toolCallStarted,
  finished: toolCallFinished,
  redact: redactLinkTokens,
  sizes: RECORD_SIZES,
};
const EventOfEnd = EventEnvelope.extend({ data: CallFinished });
const ended = { status: 'success' as const, connectionId: null, error: null, data: { time: 'noon' } };
const end: CallEnd = { ...ended, storePayloads: true };

describe('CallRecorder', () => {
  let nats: Awaited<ReturnType<typeof startRestartableNats>>;
  let client: Awaited<ReturnType<typeof connectCaller>>;
  let recorder: CallRecorder;
  let streams: StreamAPI;

  const connected = (expected: boolean) => eventually(() => expect(client.nats.connected).toBe(expected));

  beforeAll(async () => {
    nats = await startRestartableNats();
    client = await connectCaller(nats.url, 'tools');
    recorder = new CallRecorder(client.bus, client.nats, client.logger, policy);
    ({ streams } = await jetstreamManager(client.nats.connection));
  });

  beforeEach(async () => {
    await nats.start();
    await connected(true);
    await ensureEventStream(client.nats);
    await streams.purge(EVENT_STREAM);
  });

  afterAll(async () => {
    await client?.close();
    await nats?.remove();
  });

  /** What the stream holds last on the subject, when it has all that is on its way. */
  const recorded = async (subject: string) => {
    await lastSequence(client.nats, 3_000);
    const message = await streams.getMessage(EVENT_STREAM, { last_by_subj: subject });
    if (!message) throw new Error(`nothing on ${subject}`);
    return message.json<{ data: unknown }>().data;
  };
  const started = async () => CallStarted.parse(await recorded(toolCallStarted.subject));
  const finished = async () => CallFinished.parse(await recorded(toolCallFinished.subject));

  const endedIds = async () => {
    await lastSequence(client.nats, 3_000);
    const { state } = await streams.info(EVENT_STREAM);
    const sequences = Array.from({ length: state.messages }, (_, index) => state.first_seq + index);
    const messages = await Promise.all(sequences.map((seq) => streams.getMessage(EVENT_STREAM, { seq })));
    const ends = messages.filter((message) => message?.subject === toolCallFinished.subject);
    const lines = ends.flatMap((message) => message?.string().split('\n') ?? []);
    return new Set(lines.map((line) => EventOfEnd.parse(JSON.parse(line)).data.logId));
  };

  it('puts no payload into the stream where the project wants none kept', async () => {
    const begun = recorder.describe({ ...call, storePayloads: false });
    await recorder.begin(begun);
    await recorder.end(begun, { ...end, storePayloads: false });
    expect(await recorded(toolCallStarted.subject)).toMatchObject({ userId: 'alice', arguments: {} });
    expect(await recorded(toolCallFinished.subject)).toMatchObject({ status: 'success', data: {} });
  });

  it('takes an answer that is written already, and keeps it as any other', async () => {
    const begun = recorder.describe(call);
    await recorder.begin(begun);
    await recorder.end(begun, { ...end, data: new RawJson('{"id":7,"list":[{}]}') });
    expect((await finished()).data).toEqual({ id: 7, list: [{}] });
    await recorder.end(begun, { ...end, data: new RawJson(`{"long":"${'x'.repeat(100_000)}"}`) });
    expect((await finished()).data).toMatchObject({ clipped: true, characters: 100_011 });
  });

  it('puts the start of a call and its end into the stream, with the request it belongs to', async () => {
    const context = newContext({ requestId: 'req_1', deadline: Date.now() + 5_000 });
    const begun = runInContext(context, () => recorder.describe(call));
    expect(begun).toMatchObject({ requestId: 'req_1', traceId: context.traceparent.split('-')[1] });
    await recorder.begin(begun);
    expect(await started()).toEqual(begun);
    await recorder.end(begun, end);
    expect(await finished()).toMatchObject({ ...begun, ...ended, durationMs: expect.any(Number) });
  });

  it('puts the calls of sessions under a name of their own', async () => {
    const meta = new CallRecorder(client.bus, client.nats, client.logger, {
      ...policy,
      started: metaCallStarted,
      finished: metaCallFinished,
    });
    const begun = meta.describe(call);
    await meta.begin(begun);
    expect(await recorded(metaCallStarted.subject)).toEqual(begun);
  });

  it('does not let a call begin while NATS is away', async () => {
    const begun = recorder.describe(call);
    await nats.stop();
    await connected(false);
    const refusal = await refusalOf(recorder.begin(begun));
    expect(refusal).toMatchObject({ code: 'unavailable', retryable: true });
  });

  it('publishes an end that NATS could not take when it is back', async () => {
    const begun = recorder.describe(call);
    await recorder.begin(begun);
    await nats.stop();
    await connected(false);
    await recorder.end(begun, end);
    await nats.start();
    await connected(true);
    expect(await eventually(finished)).toMatchObject({ logId: begun.logId, ...ended });
  });

  it('publishes an end that the stream could not take when it is there again, without any outage', async () => {
    const begun = recorder.describe(call);
    await recorder.begin(begun);
    await streams.delete(EVENT_STREAM);
    await recorder.end(begun, end);
    await ensureEventStream(client.nats);
    // Whatever makes it try again: the next call's end does at the latest.
    const next = recorder.describe(call);
    await recorder.begin(next);
    await recorder.end(next, end);
    await eventually(async () => expect(await endedIds()).toEqual(new Set([begun.logId, next.logId])), {
      timeout: 5_000,
    });
  });

  it('keeps the beginning of a payload that is too large for a message', async () => {
    const large = { text: 'A'.repeat(200_000) };
    const characters = JSON.stringify(large).length;
    const begun = recorder.describe({ ...call, arguments: large });
    const clipped = { clipped: true, characters, beginning: JSON.stringify(large).slice(0, 4_096) };
    expect(begun.arguments).toEqual(clipped);
    await recorder.begin(begun);
    await recorder.end(begun, { ...end, data: large });
    expect(await finished()).toMatchObject({ arguments: clipped, data: clipped });
  });

  it('records the end of a call whose error has no end, and those after it', async () => {
    const begun = recorder.describe(call);
    await recorder.begin(begun);
    await recorder.end(begun, { ...end, status: 'failed', error: 'E'.repeat(9_000_000), data: {} });
    const { error, ...row } = await finished();
    expect(row).toMatchObject({ logId: begun.logId, status: 'failed' });
    expect(error).toMatch(/^E+…$/);
    const next = recorder.describe(call);
    await recorder.begin(next);
    await recorder.end(next, end);
    expect(await endedIds()).toEqual(new Set([begun.logId, next.logId]));
  });

  it('cuts an end to what makes its row when no message can carry it otherwise', async () => {
    const begun = recorder.describe(call);
    await recorder.begin(begun);
    const wide = {
      ...begun,
      toolSlug: `T${'語'.repeat(200_000)}`,
      parent: { logId: 'log_p', toolSlug: 'P'.repeat(600_000) },
    };
    await recorder.end(wide, { ...end, status: 'failed', error: 'no such tool' });
    expect(await finished()).toMatchObject({
      logId: begun.logId,
      status: 'failed',
      error: 'no such tool',
      data: { clipped: true, characters: JSON.stringify(end.data).length, beginning: '' },
    });
  });

  it('sends what waits before it stops', async () => {
    const stopping = new CallRecorder(client.bus, client.nats, client.logger, policy);
    const begun = stopping.describe(call);
    await stopping.begin(begun);
    await streams.delete(EVENT_STREAM);
    await stopping.end(begun, end);
    await ensureEventStream(client.nats);
    await stopping.beforeApplicationShutdown();
    expect(await endedIds()).toEqual(new Set([begun.logId]));
  });

  it('lets a call be answered when its end is on its way, and keeps the end until it is stored', async () => {
    const stream = gate();
    const published: string[] = [];
    let onItsWay = () => {};
    const slowly = async (_: unknown, event: { id: string }, onSent = () => {}) => {
      published.push(event.id);
      onItsWay = onSent;
      await stream.opened;
      if (published.length === 1) throw new Error('not stored');
    };
    const bus = Object.assign(Object.create(client.bus) as Bus, { publish: slowly });
    const slow = new CallRecorder(bus, client.nats, client.logger, policy);
    let isAnswered = false;
    const answered = slow.end(slow.describe(call), end).then(() => (isAnswered = true));
    await setImmediate();
    expect(isAnswered).toBe(false);
    onItsWay();
    await answered;
    const stopped = slow.beforeApplicationShutdown();
    stream.open();
    await stopped;
    expect(published).toEqual([published[0], published[0]]);
  });

  it('does not cut a character in two where it clips', () => {
    // Each of these takes two units of a string; one of the two lengths puts the cut between them.
    for (const key of ['a', 'ab']) {
      const { beginning } = recorder.describe({
        ...call,
        arguments: { [key]: '😀'.repeat(50_000) },
      }).arguments;
      // Postgres takes no half of a character, and neither does this.
      expect(() => encodeURIComponent(String(beginning))).not.toThrow();
    }
  });
});
