import type { TriggerEvent } from '@patchbay/contracts';
import { describe, expect, it } from 'vitest';
import { ProjectFeed } from './project.feed.js';
import type { EventsPage, PresentedEvent } from './trigger-event.reader.js';

/** A project's events in memory, read two at a time. */
class Stored {
  readonly ids: string[] = [];
  reads = 0;
  isAway = false;
  /** Runs while a page is on its way. */
  meanwhile: () => void = () => undefined;

  async position(): Promise<string> {
    return this.ids.at(-1) ?? 'log_0';
  }

  async *after(_projectId: string, id: string): AsyncGenerator<EventsPage> {
    if (this.isAway) throw new Error('away');
    let at = this.ids.indexOf(id) + 1;
    let events: PresentedEvent[];
    do {
      this.reads += 1;
      events = this.ids.slice(at, at + 2).map((one) => ({ id: one, event: {} as TriggerEvent, text: one }));
      at += events.length;
      this.meanwhile();
      yield { events, last: events.at(-1)?.id ?? id, isGap: false };
    } while (at < this.ids.length);
  }

  store(...ids: string[]): void {
    this.ids.push(...ids);
  }
}

function start() {
  const stored = new Stored();
  const feed = new ProjectFeed('proj_1', stored as unknown as ConstructorParameters<typeof ProjectFeed>[1]);
  const watch = async (after?: string) => {
    const seen: string[] = [];
    const watcher = { send: ({ id }: PresentedEvent) => seen.push(id), end: () => undefined };
    await feed.join(watcher, after);
    return { seen, leave: () => feed.leave(watcher) };
  };
  return { stored, feed, watch };
}

describe('who watches a project', () => {
  it('is sent what happens from then on, in order, also the very first', async () => {
    const { stored, feed, watch } = start();
    const { seen } = await watch();
    stored.store('a', 'b', 'c');
    await feed.advance();
    stored.store('d');
    await feed.advance();
    expect(seen).toEqual(['a', 'b', 'c', 'd']);
  });

  it('is not sent what was there before, unless it says from where', async () => {
    const { stored, feed, watch } = start();
    stored.store('a', 'b', 'c');
    const now = await watch();
    const again = await watch('a');
    stored.store('d');
    await feed.advance();
    expect(now.seen).toEqual(['d']);
    expect(again.seen).toEqual(['b', 'c', 'd']);
  });

  it('is sent nothing twice that was stored while it caught up', async () => {
    const { stored, feed, watch } = start();
    stored.store('a');
    const first = await watch();
    let n = 0;
    stored.meanwhile = () => {
      if (n < 5) stored.store(`m${(n += 1)}`);
    };
    const second = await watch('a');
    await feed.advance();
    expect(second.seen).toEqual(['m1', 'm2', 'm3', 'm4', 'm5']);
    expect(first.seen).toEqual(second.seen);
  });

  it('misses nothing of a time when nothing could be read', async () => {
    const { stored, feed, watch } = start();
    const { seen } = await watch();
    stored.isAway = true;
    stored.store('a');
    await feed.advance();
    expect(feed.isBehind).toBe(true);
    stored.isAway = false;
    stored.store('b');
    await feed.advance();
    expect(seen).toEqual(['a', 'b']);
    expect(feed.isBehind).toBe(false);
  });

  it('costs no more reads than one at a time, however many signals come', async () => {
    const { stored, feed, watch } = start();
    const { seen } = await watch();
    stored.store('a');
    await Promise.all(Array.from({ length: 50 }, () => feed.advance()));
    expect(seen).toEqual(['a']);
    expect(stored.reads).toBeLessThanOrEqual(2);
  });

  it('is sent nothing after it left', async () => {
    const { stored, feed, watch } = start();
    const { seen, leave } = await watch();
    leave();
    stored.store('a');
    await feed.advance();
    expect(seen).toEqual([]);
  });
});
