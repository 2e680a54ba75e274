import type { BodyOf, components } from '@patchbay/client';
import { createParser } from 'eventsource-parser';
import { useEffect, useState } from 'react';
import { useApi } from '../api/index.js';

export type Call = components['schemas']['Log'];
export type CallFilter = NonNullable<BodyOf<'listLogs'>['filters']>[number];

/** How many are held: what is older is in the list, page by page. */
const HELD = 500;
const AGAIN_MS = 3_000;

export type LiveState = 'off' | 'connecting' | 'live' | 'lost';

/** Calls as they begin and end, newest first, while somebody watches. A connection that broke comes again where it was. */
export function useLiveCalls(filters: CallFilter[], isOn: boolean): { calls: Call[]; state: LiveState } {
  const api = useApi();
  const [calls, setCalls] = useState<Call[]>([]);
  const [state, setState] = useState<LiveState>('off');
  const key = JSON.stringify(filters);

  useEffect(() => {
    setCalls([]);
    if (!isOn) {
      setState('off');
      return;
    }
    const ended = new AbortController();
    let lastEventId: string | undefined;
    const follow = async () => {
      const stream = await api.open('tailLogs', {
        query: { filters: key },
        signal: ended.signal,
        ...(lastEventId !== undefined && { headers: { 'last-event-id': lastEventId } }),
      });
      setState('live');
      const parser = createParser({
        onEvent({ event, data, id }) {
          if (id !== undefined) lastEventId = id;
          if (event === 'call') setCalls((held) => withCall(held, JSON.parse(data) as Call));
        },
      });
      const decoder = new TextDecoder();
      for await (const chunk of readAll(stream)) parser.feed(decoder.decode(chunk, { stream: true }));
    };
    const keepFollowing = async () => {
      setState('connecting');
      while (!ended.signal.aborted) {
        await follow().catch(() => undefined);
        if (ended.signal.aborted) return;
        setState('lost');
        await new Promise((resolve) => setTimeout(resolve, AGAIN_MS));
      }
    };
    void keepFollowing();
    return () => ended.abort();
  }, [api, key, isOn]);

  return { calls, state };
}

async function* readAll({ body }: Response): AsyncGenerator<Uint8Array> {
  const reader = body?.getReader();
  for (let read = await reader?.read(); read && !read.done; read = await reader?.read()) yield read.value;
}

/** A call that ended takes the place of its beginning. */
function withCall(held: Call[], call: Call): Call[] {
  const at = held.findIndex(({ id }) => id === call.id);
  if (at >= 0) return held.with(at, call);
  return [call, ...held].slice(0, HELD);
}
