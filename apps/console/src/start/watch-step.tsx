import { Link } from '@tanstack/react-router';
import { useApi, usePages, useScope } from '../api/index.js';
import { useLiveCalls } from '../live/index.js';
import { CallStatus, duration, Icon, Time } from '../ui/index.js';

/** The calls of the session as they are made. */
export function WatchStep({ sessionId }: { sessionId: string }) {
  const api = useApi();
  const { project } = useScope();
  const live = useLiveCalls([{ field: 'session_id', operator: '==', value: sessionId }], true);
  const before = usePages(['first-calls', sessionId], async (_cursor, signal) => {
    const { logs } = await api.request('listLogs', {
      body: { limit: 5, filters: [{ field: 'session_id', operator: '==', value: sessionId }] },
      signal,
    });
    return { items: logs };
  });
  const known = new Set(live.calls.map(({ id }) => id));
  const calls = [...live.calls, ...before.items.filter(({ id }) => !known.has(id))].slice(0, 5);
  if (calls.length === 0)
    return (
      <p role="status" className="flex items-center gap-2 text-soft">
        <Icon name="running" size={14} className="animate-spin" />
        {live.state === 'live' ? 'Watching. Run the snippet, and the call appears here.' : 'Connecting…'}
      </p>
    );
  return (
    <ul aria-live="polite" className="space-y-1.5">
      {calls.map(({ id, status, metadata, metrics, timestamp }) => (
        <li key={id} className="animate-arrive rounded-lg ring-1 ring-line ring-inset">
          <Link
            to="/p/$project/calls/$call"
            params={{ project: project.id, call: id }}
            className="flex items-center gap-4 rounded-lg p-3 text-sm hover:bg-hover"
          >
            <CallStatus status={status} />
            <span className="min-w-0 flex-1 truncate font-mono">{metadata.tool_slug}</span>
            <span className="num text-soft">
              {metrics.duration_ms === undefined ? '' : duration(metrics.duration_ms)}
            </span>
            <Time at={timestamp} className="text-soft" />
          </Link>
        </li>
      ))}
    </ul>
  );
}
