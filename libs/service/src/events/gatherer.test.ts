import { describe, expect, it } from 'vitest';
import { gate } from '../../test/gate.js';
import { MessageTooLarge } from '../nats/limits.js';
import { Gatherer } from './gatherer.js';

const tooLarge = () => new MessageTooLarge('internal', 'message', 1_000);

/** A stream that stores nothing before its gate is open. */
function slowStream() {
  const sent: string[] = [];
  const stored = gate();
  const gatherer = new Gatherer(async (ids, body) => {
    sent.push(body);
    await stored.opened;
    if (ids.includes('bad')) throw new Error('not stored');
    if (ids.length > 1 && ids.includes('wide')) throw tooLarge();
    if (ids.includes('vast')) throw tooLarge();
  });
  return { sent, stored, gatherer };
}

describe('Gatherer', () => {
  it('sends a lone event at once, and those that come meanwhile together', async () => {
    const { sent, stored, gatherer } = slowStream();
    const all = ['a', 'b', 'c'].map((id) => gatherer.add(id, id.toUpperCase()));
    expect(sent).toEqual(['A']);
    stored.open();
    await Promise.all(all);
    expect(sent).toEqual(['A', 'B\nC']);
    await gatherer.add('d', 'D');
    expect(sent).toEqual(['A', 'B\nC', 'D']);
  });

  it('tells when an event is on its way, before it is stored', async () => {
    const { sent, stored, gatherer } = slowStream();
    const told: string[] = [];
    const all = ['a', 'b'].map((id) => gatherer.add(id, id, () => told.push(`${id} after ${sent.length}`)));
    expect(told).toEqual(['a after 1']);
    stored.open();
    await Promise.all(all);
    expect(told).toEqual(['a after 1', 'b after 2']);
  });

  it('refuses those whose message was not stored, and no others', async () => {
    const { stored, gatherer } = slowStream();
    const all = ['first', 'beside', 'bad'].map((id) => gatherer.add(id, id));
    stored.open();
    const ends = await Promise.allSettled([...all, Promise.all(all).catch(() => gatherer.add('later', ''))]);
    expect(ends.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'rejected', 'fulfilled']);
  });

  it('sends those apart that are too much for the server together, and refuses only what is so alone', async () => {
    const { sent, stored, gatherer } = slowStream();
    const all = ['first', 'wide', 'beside', 'vast', 'after'].map((id) => gatherer.add(id, id));
    stored.open();
    const ends = await Promise.allSettled(all);
    expect(ends.map(({ status }) => status)).toEqual([
      'fulfilled',
      'fulfilled',
      'fulfilled',
      'rejected',
      'fulfilled',
    ]);
    expect(sent).toEqual(['first', 'wide\nbeside\nvast\nafter', 'wide', 'beside', 'vast', 'after']);
  });

  it('refuses what comes when as much waits as the memory is to hold, and takes it later', async () => {
    const { stored, gatherer } = slowStream();
    const megabyte = 'm'.repeat(1024 * 1024);
    const all = Array.from({ length: 33 }, (_, index) => gatherer.add(String(index), megabyte));
    await expect(gatherer.add('one more', megabyte)).rejects.toMatchObject({ code: 'unavailable' });
    stored.open();
    await Promise.all(all);
    await gatherer.add('later', megabyte);
  });

  it('keeps messages small in bytes too', async () => {
    const { sent, stored, gatherer } = slowStream();
    const wide = '語'.repeat(30_000);
    const all = Array.from({ length: 4 }, (_, index) => gatherer.add(String(index), wide));
    stored.open();
    await Promise.all(all);
    expect(Math.max(...sent.map((body) => Buffer.byteLength(body)))).toBeLessThan(131_072);
  });

  it('keeps messages small, whatever waits', async () => {
    const { sent, stored, gatherer } = slowStream();
    const [small, large] = ['s'.repeat(60_000), 'l'.repeat(300_000)];
    const all = [small, small, small, small, large, small].map((body, index) =>
      gatherer.add(String(index), body),
    );
    stored.open();
    await Promise.all(all);
    expect(sent.map((body) => body.length)).toEqual([60_000, 120_001, 60_000, 300_000, 60_000]);
  });
});
