import { z } from 'zod';
import type { Poll, TriggerEvent, TriggerRuntime } from '../trigger.js';
import { ToolFailure } from '../tool-runtime.js';
import { readCursor } from './cursor.js';
import { statusOf } from './refusals.js';

/** One page of a list. */
export interface ItemPage<I> {
  items: I[];
  /** What asks for the next page; absent: this was the last. */
  next?: string | number | undefined;
}

export interface ListRequest<C> {
  config: C;
  /** ISO 8601: what is older is not needed. Absent: nothing is known, and the newest are wanted. */
  since: string | undefined;
  /** `next` of the page before. */
  page: string | number | undefined;
  runtime: TriggerRuntime;
}

export interface ItemRequest<C> {
  config: C;
  /** From when on is new, in milliseconds: what came into being before was only changed. Undefined: everything is new. */
  since: number | undefined;
  /** Whether one with a key that begins like this was told of or passed over before: an earlier state of the same item. */
  wasSeen: (keyStart: string) => boolean;
  runtime: TriggerRuntime;
}

export interface ItemSource<C, P, I> {
  /** The provider's time of now, where its list has no newest first: ISO 8601. */
  begin?(request: { config: C; runtime: TriggerRuntime }): Promise<string>;
  /** Asks for items by the time that `timeOf` tells. Without `since` the newest must be on the first page. */
  list(request: ListRequest<C>): Promise<ItemPage<I>>;
  /** What it is one of: the same item has the same key, a change of it that is to be told another. */
  keyOf(item: I): string;
  /** The provider's time by which it is listed: ISO 8601, or milliseconds. */
  timeOf(item: I): string | number;
  /** Undefined: the item is none that is waited for. May ask for more of it. */
  payload(item: I, request: ItemRequest<C>): Promise<P | undefined> | P | undefined;
  /**
   * How much of what was seen is asked for again, in milliseconds: lists come late where they are indexes, and their
   * times are rough. Default: a second.
   */
  overlapMs?: number;
  /**
   * The statuses with which the provider refuses a time that is too long ago. Where nothing came for so long, it begins anew,
   * by `begin`. Default: none.
   */
  expired?: readonly number[];
  /** Pages of one poll, at most: what an outage left beyond them is not told. Default: 10. */
  maxPages?: number;
}

const Position = z.object({
  /** The newest time seen, in milliseconds; null when there was nothing yet. */
  at: z.number().nullable(),
  /** What was seen lately: key to time. */
  seen: z.record(z.string(), z.number()),
});
type Position = z.output<typeof Position>;

/** Of what was seen this many are remembered: more changes within an overlap than any list gives. */
const MAX_SEEN = 2_000;

/** Polls a list that can be asked for what is new since a time: the time is always the provider's. */
export function newItems<C, P, I>(source: ItemSource<C, P, I>): Poll<C, P> {
  const { overlapMs = 1_000, maxPages = 10, expired = [] } = source;
  return async ({ config, cursor, runtime, limit }) => {
    const position = readCursor(Position, cursor);
    const begin = async () => {
      const began = source.begin && new Date(await source.begin({ config, runtime })).getTime();
      const since = began === undefined ? undefined : new Date(began - overlapMs).toISOString();
      const { items } = await source.list({ config, since, page: undefined, runtime });
      const start = { at: began ?? null, seen: {} };
      return { events: [], cursor: advance(start, items.map(timed), overlapMs) };
    };
    if (!position) return begin();
    const from = position.at === null ? undefined : position.at - overlapMs;
    const found = await collect(config, from, runtime).catch((error: unknown) => {
      if (error instanceof ToolFailure && expired.includes(statusOf(error))) return undefined;
      throw error;
    });
    if (!found) return begin();
    const fresh = found.filter(
      ({ key, at }) => !Object.hasOwn(position.seen, key) && (from === undefined || at >= from),
    );
    const taken = fresh.slice(0, limit);
    const wasSeen = (keyStart: string) => Object.keys(position.seen).some((key) => key.startsWith(keyStart));
    const events: TriggerEvent<P>[] = [];
    for (const { item, key, at } of taken) {
      const payload = await source.payload(item, { config, since: from, wasSeen, runtime });
      if (payload !== undefined) events.push({ id: key, at, payload });
    }
    return {
      events,
      cursor: advance(position, taken, overlapMs),
      more: taken.length < fresh.length,
    };
  };

  /** All that is listed since then, oldest first, each once. */
  async function collect(config: C, from: number | undefined, runtime: TriggerRuntime): Promise<Timed<I>[]> {
    const found = new Map<string, Timed<I>>();
    let page: string | number | undefined;
    for (let pages = 0; pages < maxPages; pages += 1) {
      const since = from === undefined ? undefined : new Date(from).toISOString();
      const { items, next } = await source.list({ config, since, page, runtime });
      for (const one of items.map(timed)) found.set(one.key, one);
      if (next === undefined) break;
      page = next;
    }
    return [...found.values()].toSorted((a, b) => a.at - b.at || compare(a.key, b.key));
  }

  function timed(item: I): Timed<I> {
    return { item, key: source.keyOf(item), at: new Date(source.timeOf(item)).getTime() };
  }
}

interface Timed<I> {
  item: I;
  key: string;
  at: number;
}

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

function advance(position: Position, taken: readonly Timed<unknown>[], overlapMs: number): Position {
  const times = taken.map(({ at }) => at).filter((at) => !Number.isNaN(at));
  const at = times.reduce<number | null>((newest, time) => Math.max(newest ?? time, time), position.at);
  const seen = { ...position.seen, ...Object.fromEntries(taken.map((one) => [one.key, one.at])) };
  // The newest ones: only they can be listed again.
  const lately = Object.entries(seen)
    .filter(([, time]) => at === null || time >= at - overlapMs)
    .toSorted(([, a], [, b]) => b - a)
    .slice(0, MAX_SEEN);
  return { at, seen: Object.fromEntries(lately) };
}
