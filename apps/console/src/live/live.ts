import type { BodyOf, components, QueryOf } from '@patchbay/client';
import { useCallback, useEffect, useState } from 'react';
import { readEvents, useApi } from '../api/index.js';

export type Call = components['schemas']['Log'];
export type TriggerEvent = components['schemas']['TriggerEvent'];
export type CallFilter = NonNullable<BodyOf<'listLogs'>['filters']>[number];

/** How many are held: what is older is in the list, page by page. */
const HELD = 500;
const AGAIN_MS = 3_000;

export type LiveState = 'off' | 'connecting' | 'live' | 'lost';

/** What the API sends as it happens. */
type Tail = 'tailLogs' | 'tailTriggerEvents';
interface Message {
  event: string | undefined;
  id: string | undefined;
  data: string;
}

/**
 * Server-sent events while somebody watches. A connection that broke comes again where it was.
 * @param onMessage the same one for as long as the same is watched
 */
function useTail<Id extends Tail>(
  operation: Id,
  query: QueryOf<Id>,
  isOn: boolean,
  onMessage: (message: Message) => void,
): LiveState {
  const api = useApi();
  const [state, setState] = useState<LiveState>('off');
  const key = JSON.stringify(query);

  useEffect(() => {
    if (!isOn) {
      setState('off');
      return;
    }
    const ended = new AbortController();
    let lastEventId: string | undefined;
    const open = api.open.bind(api) as (id: Tail, given: object) => Promise<Response>;
    const follow = async () => {
      const stream = await open(operation, {
        query: JSON.parse(key) as object,
        signal: ended.signal,
        ...(lastEventId !== undefined && { headers: { 'last-event-id': lastEventId } }),
      });
      setState('live');
      await readEvents(stream, ({ event, data, id }) => {
        if (id !== undefined) lastEventId = id;
        onMessage({ event, data, id });
      });
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
  }, [api, operation, key, isOn, onMessage]);

  return state;
}

/** Calls as they begin and end, newest first, while somebody watches. */
export function useLiveCalls(filters: CallFilter[], isOn: boolean): { calls: Call[]; state: LiveState } {
  const [calls, setCalls] = useState<Call[]>([]);
  const key = JSON.stringify(filters);
  useEffect(() => setCalls([]), [key, isOn]);
  const onMessage = useCallback(({ event, data }: Message) => {
    if (event === 'call') setCalls((held) => withCall(held, JSON.parse(data) as Call));
  }, []);
  return { calls, state: useTail('tailLogs', { filters: key }, isOn, onMessage) };
}

/** What is posted of an event, as far as a list shows it. */
interface Posted {
  type: TriggerEvent['type'];
  timestamp: string;
  metadata: Partial<Record<string, unknown>>;
}

/** Events as they happen, newest first, while somebody watches. */
export function useLiveEvents(
  filters: Pick<QueryOf<'tailTriggerEvents'>, 'event_types' | 'trigger_ids' | 'trigger_slugs' | 'user_ids'>,
  isOn: boolean,
): { events: TriggerEvent[]; state: LiveState } {
  const [events, setEvents] = useState<TriggerEvent[]>([]);
  const key = JSON.stringify(filters);
  useEffect(() => setEvents([]), [key, isOn]);
  const onMessage = useCallback(({ event, data, id }: Message) => {
    if (event !== 'message' || id === undefined) return;
    const row = eventOf(id, JSON.parse(data) as Posted);
    setEvents((held) => [row, ...held.filter((other) => other.id !== id)].slice(0, HELD));
  }, []);
  return { events, state: useTail('tailTriggerEvents', filters, isOn, onMessage) };
}

function eventOf(id: string, { type, timestamp, metadata }: Posted): TriggerEvent {
  const told = (name: string) => (typeof metadata[name] === 'string' ? metadata[name] : null);
  const slug = told('trigger_slug');
  return {
    id,
    type,
    timestamp,
    stored_at: new Date().toISOString(),
    trigger_id: told('trigger_id'),
    trigger_slug: slug,
    toolkit_slug: null,
    connected_account_id: slug && told('connected_account_id'),
    auth_config_id: slug && told('auth_config_id'),
    user_id: slug && told('user_id'),
    is_clipped: false,
  };
}

/** A call that ended takes the place of its beginning. */
function withCall(held: Call[], call: Call): Call[] {
  const at = held.findIndex(({ id }) => id === call.id);
  if (at >= 0) return held.with(at, call);
  return [call, ...held].slice(0, HELD);
}
