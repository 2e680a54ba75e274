import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { Poll, TriggerEvent, TriggerRuntime } from '../trigger.js';
import { readCursor } from './cursor.js';

/** Something that is there, and how it is. */
export interface StateItem<I> {
  key: string;
  /** What makes a change of it: JSON. */
  state: unknown;
  item: I;
}

export interface ChangeSource<C, P, I> {
  /** All that is watched, as it is now. */
  read(request: { config: C; runtime: TriggerRuntime }): Promise<StateItem<I>[]>;
  /** Of what is new. Absent: that is not told. */
  added?: (item: I, config: C) => P | undefined;
  /** Of what is not as it was. */
  changed?: (item: I, config: C) => P | undefined;
  /** Of what is not there any more: only its key is known. */
  removed?: (key: string, config: C) => P | undefined;
}

const Position = z.object({ states: z.record(z.string(), z.string()), turn: z.number() });

/** Beyond them nothing is watched. */
const MAX_ITEMS = 5_000;

/**
 * Polls what can only be looked at whole, and tells how it differs from the last time. What changes twice between two
 * polls is told once.
 */
export function changes<C, P, I>(source: ChangeSource<C, P, I>): Poll<C, P> {
  return async ({ config, cursor, runtime }) => {
    const found = (await source.read({ config, runtime })).slice(0, MAX_ITEMS);
    const states = Object.fromEntries(found.map(({ key, state }) => [key, digest(state)]));
    const before = readCursor(Position, cursor);
    if (!before) return { events: [], cursor: { states, turn: 0 } };
    // Back to a state that it had before is a change as well: the turn tells the two apart.
    const turn = before.turn + 1;
    const events: TriggerEvent<P>[] = [];
    const tell = (key: string, what: string, payload: P | undefined) => {
      if (payload !== undefined) events.push({ id: `${key}:${what}:${turn}`, payload });
    };
    for (const { key, item } of found) {
      const known = Object.hasOwn(before.states, key);
      if (!known) tell(key, 'added', source.added?.(item, config));
      else if (before.states[key] !== states[key]) tell(key, 'changed', source.changed?.(item, config));
    }
    for (const key of Object.keys(before.states)) {
      if (!Object.hasOwn(states, key)) tell(key, 'removed', source.removed?.(key, config));
    }
    return { events, cursor: { states, turn: events.length > 0 ? turn : before.turn } };
  };
}

function digest(state: unknown): string {
  return createHash('sha256').update(JSON.stringify(state)).digest('base64url').slice(0, 22);
}
