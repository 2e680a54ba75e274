import { describe, expect, it } from 'vitest';
import { eventFrames, readFrame, readSubscription } from './pusher.frames.js';

interface Frame {
  event: string;
  data: string;
}
const framesOf = (payload: string) =>
  [...eventFrames('private-a_triggers', 'log_1', payload)].map((text) => JSON.parse(text) as Frame);
const chunksOf = (payload: string) =>
  framesOf(payload).map(
    ({ data }) => JSON.parse(data) as { id: string; index: number; chunk: string; final: boolean },
  );

describe('an event', () => {
  it('is one frame, with its data as text', () => {
    expect(framesOf('{"a":1}')).toEqual([
      { event: 'trigger_to_client', channel: 'private-a_triggers', data: '{"a":1}' },
    ]);
  });

  it('that is long comes in chunks, the final one last', () => {
    const payload = JSON.stringify({ text: 'x'.repeat(200_000) });
    expect(framesOf(payload).every(({ event }) => event === 'chunked-trigger_to_client')).toBe(true);
    const chunks = chunksOf(payload);
    expect(chunks.map(({ index }) => index)).toEqual(chunks.map((_, index) => index));
    expect(chunks.map(({ final }) => final)).toEqual(chunks.map((_, index) => index === chunks.length - 1));
    expect(chunks.map(({ chunk }) => chunk).join('')).toBe(payload);
  });

  it('is never cut inside of a character', () => {
    for (const before of ['', 'x']) {
      const chunks = chunksOf(`"${before}${'👋'.repeat(80_000)}"`);
      expect(chunks.length).toBeGreaterThan(1);
      expect(chunks.every(({ chunk }) => chunk.isWellFormed())).toBe(true);
    }
  });
});

describe('what a client says', () => {
  it('is read whether its data is an object or a text', () => {
    const data = { channel: 'private-a_triggers', auth: 'k:s' };
    for (const said of [data, JSON.stringify(data)]) {
      const frame = readFrame(JSON.stringify({ event: 'pusher:subscribe', data: said }));
      expect(frame && readSubscription(frame)).toEqual(data);
    }
  });

  it.each(['', 'no JSON', '[]', '{"event":1}', '"pusher:ping"', '{"data":{}}'])(
    'is refused as %j',
    (text) => {
      expect(readFrame(text)).toBeUndefined();
    },
  );
});
