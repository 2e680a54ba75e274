import { z } from 'zod';
import { ToolFailure } from '../tool-runtime.js';
import type { Poll, TriggerEvent, TriggerRuntime } from '../trigger.js';
import { readCursor } from './cursor.js';
import { statusOf } from './refusals.js';

export interface FeedSource<C, P> {
  /** The provider's token for what comes from now on. */
  start(request: { config: C; runtime: TriggerRuntime }): Promise<string>;
  /** What came since a token, and the next one. */
  read(request: { config: C; token: string; runtime: TriggerRuntime; limit: number }): Promise<{
    events: TriggerEvent<P>[];
    next: string;
    /** The next token has more to give at once. */
    more?: boolean;
  }>;
  /** The statuses with which the provider says that it does not know a token any more. Default: 410. */
  expired?: readonly number[];
}

const Position = z.object({ token: z.string() });

/** Polls a list of changes that is gone through by the provider's own tokens. A token that is too old begins anew. */
export function tokenFeed<C, P>(source: FeedSource<C, P>): Poll<C, P> {
  const { expired = [410] } = source;
  return async ({ config, cursor, runtime, limit }) => {
    const position = readCursor(Position, cursor);
    const begin = async () => ({ events: [], cursor: { token: await source.start({ config, runtime }) } });
    if (!position) return begin();
    try {
      const {
        events,
        next,
        more = false,
      } = await source.read({ config, token: position.token, runtime, limit });
      return { events, cursor: { token: next }, more };
    } catch (error) {
      if (error instanceof ToolFailure && expired.includes(statusOf(error))) return begin();
      throw error;
    }
  };
}
