import { describe, expect, it } from '@jest/globals';
import { gate } from '../../test/gate.js';
import { Gatherer } from './gatherer.js';

/** A stream that stores nothing before its gate is open. */
function slowStream() {
  const sent: string[] = [];
  const stored = gate();
  const gatherer = new Gatherer(async (ids, body) => {
    sent.push(body);
    await stored.opened;
    if (ids.includes('bad')) throw new Error('not stored');
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

  it('refuses those whose message was not stored, and no others', async () => {
    const { stored, gatherer } = slowStream();
    const all = ['first', 'beside', 'bad'].map((id) => gatherer.add(id, id));
    stored.open();
    const ends = await Promise.allSettled([...all, Promise.all(all).catch(() => gatherer.add('later', ''))]);
    expect(ends.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'rejected', 'fulfilled']);
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
