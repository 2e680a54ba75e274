import type { Item } from '@patchbay/client';
import { Link } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import { useApi, usePages, useScope } from '../api/index.js';
import { Button, duration, Failure, Icon, SkeletonLines, Time, type IconName } from '../ui/index.js';

type Entry = Item<'getSessionTimeline'>;

const KINDS: Record<Entry['kind'], [icon: IconName, word: string]> = {
  created: ['plus', 'Made'],
  patched: ['pencil', 'Changed'],
  deleted: ['trash', 'Deleted'],
  linked: ['link', 'Connect link made'],
  connected: ['accounts', 'Account connected'],
  account_changed: ['accounts', 'Account changed'],
  searched: ['search', 'Searched for tools'],
  called: ['calls', 'Called'],
  ran_code: ['terminal', 'Ran code'],
  other: ['history', 'Something else'],
};

/** All that happened in the session, oldest first; it grows while somebody looks. */
export function Timeline({ sessionId }: { sessionId: string }) {
  const api = useApi();
  const pages = usePages(
    ['timeline', sessionId],
    async (cursor, signal) => {
      const page = await api.request('getSessionTimeline', {
        path: { sessionId },
        query: { limit: 100, ...(cursor && { cursor }) },
        signal,
      });
      return { items: page.items, next: page.next_cursor };
    },
    { every: 3_000 },
  );
  // Who stands at its end stays there; who reads further up is not moved.
  const box = useRef<HTMLDivElement>(null);
  const isAtEnd = useRef(true);
  const size = pages.items.length;
  useEffect(() => {
    if (isAtEnd.current && box.current) box.current.scrollTop = box.current.scrollHeight;
  }, [size]);
  if (pages.error && size === 0)
    return <Failure error={pages.error} what="The timeline" onRetry={pages.reload} />;
  if (pages.isPending) return <SkeletonLines lines={6} />;
  return (
    <div
      ref={box}
      tabIndex={0}
      role="log"
      aria-label="What happened in the session"
      onScroll={({ currentTarget: at }) => {
        isAtEnd.current = at.scrollHeight - at.scrollTop - at.clientHeight < 40;
      }}
      className="min-h-0 flex-1 overflow-y-auto px-4 pb-6 -outline-offset-2"
    >
      <ol>
        {pages.items.map((entry, at) => (
          <Moment key={entry.log_id ?? entry.event_id ?? at} entry={entry} isLast={at === size - 1} />
        ))}
      </ol>
      {pages.hasMore && (
        <Button isSmall isBusy={pages.isLoadingMore} onClick={pages.loadMore}>
          Show what came after
        </Button>
      )}
    </div>
  );
}

function Moment({ entry, isLast }: { entry: Entry; isLast: boolean }) {
  const { project } = useScope();
  const [icon, word] = KINDS[entry.kind];
  const isBad = entry.status === 'failed';
  const what = entry.tool_slug ?? entry.toolkit_slug;
  return (
    <li className="flex animate-arrive gap-3">
      <span className="flex flex-col items-center">
        <span
          className={`flex size-6 shrink-0 items-center justify-center rounded-full ${isBad ? 'bg-bad-soft text-bad' : 'bg-hover text-soft'}`}
        >
          <Icon name={isBad ? 'failed' : icon} size={12} />
        </span>
        {!isLast && <span className="w-px flex-1 bg-line" />}
      </span>
      <div className={`min-w-0 flex-1 pb-4 text-sm ${entry.parent_log_id ? 'pl-3' : ''}`}>
        <div className="flex justify-between gap-3">
          <span className="min-w-0 truncate">{isBad ? `${word}, failed` : word}</span>
          <Time at={entry.at} className="text-xs text-soft" />
        </div>
        {what && (
          <p className="flex justify-between gap-3 text-xs">
            {entry.log_id ? (
              <Link
                to="/p/$project/calls/$call"
                params={{ project: project.id, call: entry.log_id }}
                className="truncate font-mono text-accent hover:underline"
              >
                {what}
              </Link>
            ) : (
              <span className="truncate font-mono text-soft">{what}</span>
            )}
            {entry.duration_ms !== null && (
              <span className="num text-soft">{duration(entry.duration_ms)}</span>
            )}
          </p>
        )}
        {entry.message && (
          <p className="mt-0.5 line-clamp-3 text-xs break-words text-soft">{entry.message}</p>
        )}
      </div>
    </li>
  );
}
