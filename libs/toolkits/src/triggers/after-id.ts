import { z } from 'zod';
import type { Poll, TriggerEvent, TriggerRuntime } from '../trigger.js';
import { readCursor } from './cursor.js';

export interface SequenceSource<C, P> {
  /** The id of the newest one; undefined when there is none. */
  newest(request: { config: C; runtime: TriggerRuntime }): Promise<string | undefined>;
  /** Those that came after it, oldest first; after nothing, all of them. */
  after(request: { config: C; id: string | undefined; runtime: TriggerRuntime; limit: number }): Promise<{
    events: TriggerEvent<P>[];
    /** The last one looked at, also when it is no event. */
    last: string | undefined;
    more?: boolean;
  }>;
}

const Position = z.object({ after: z.string().nullable() });

/** Polls a list in an order that never changes, by the id of the last one seen. */
export function afterId<C, P>(source: SequenceSource<C, P>): Poll<C, P> {
  return async ({ config, cursor, runtime, limit }) => {
    const position = readCursor(Position, cursor);
    if (!position)
      return { events: [], cursor: { after: (await source.newest({ config, runtime })) ?? null } };
    const id = position.after ?? undefined;
    const { events, last, more = false } = await source.after({ config, id, runtime, limit });
    return { events, cursor: { after: last ?? position.after }, more };
  };
}
