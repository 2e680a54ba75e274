import { Link } from '@tanstack/react-router';
import { useAnswer, useScope } from '../api/index.js';
import { SkeletonLines, Time } from '../ui/index.js';

/** The newest calls that failed, each with why. */
export function FailedLast() {
  const { project } = useScope();
  const { data, error } = useAnswer(
    'listLogs',
    { body: { limit: 6, filters: [{ field: 'status', operator: '==', value: 'failed' }] } },
    { every: 30_000 },
  );
  if (error) return <p className="text-sm text-soft">The record cannot be asked at the moment.</p>;
  if (!data) return <SkeletonLines />;
  if (data.logs.length === 0) return <p className="text-sm text-soft">No call failed.</p>;
  return (
    <ul className="-mx-2">
      {data.logs.map(({ id, metadata, message, timestamp }) => (
        <li key={id}>
          <Link
            to="/p/$project/calls/$call"
            params={{ project: project.id, call: id }}
            search={{ status: 'failed' }}
            className="block rounded-lg px-2 py-1.5 text-sm hover:bg-hover"
          >
            <span className="flex justify-between gap-4">
              <span className="truncate font-mono">{metadata.tool_slug}</span>
              <Time at={timestamp} className="text-xs text-soft" />
            </span>
            <span className="block truncate text-xs text-soft">{message}</span>
          </Link>
        </li>
      ))}
    </ul>
  );
}
