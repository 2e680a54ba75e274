import { Link } from '@tanstack/react-router';
import { useScope } from '../api/index.js';
import type { Call } from '../live/index.js';
import { CallStatus, duration, Section } from '../ui/index.js';

/** When each part began and how long it took, as bars on one scale. */
export function Timing({
  call,
  inside,
}: {
  call: Pick<Call, 'metrics' | 'metadata' | 'status' | 'id'>;
  inside: Call[];
}) {
  const { project } = useScope();
  const begin = call.metrics.start_time;
  const whole = Math.max(call.metrics.duration_ms ?? Date.now() - begin, 1);
  const bar = ({ metrics }: Pick<Call, 'metrics'>) => {
    const left = Math.min(Math.max((metrics.start_time - begin) / whole, 0), 1) * 100;
    const width = Math.min(Math.max((metrics.duration_ms ?? whole) / whole, 0.004) * 100, 100 - left);
    return { marginLeft: `${left}%`, width: `${width}%` };
  };
  const colour = (status: string) => (status === 'failed' ? 'bg-bad' : 'bg-accent');
  return (
    <Section title={inside.length > 0 ? `Timing, with ${inside.length} calls inside` : 'Timing'}>
      <ul className="space-y-2">
        <li>
          <div className="flex justify-between gap-4 text-xs text-soft">
            <span className="truncate font-mono">{call.metadata.tool_slug}</span>
            <span className="num">
              {call.metrics.duration_ms === undefined ? 'running' : duration(call.metrics.duration_ms)}
            </span>
          </div>
          <div className="mt-1 h-2 rounded-full bg-hover">
            <div className={`h-2 rounded-full ${colour(call.status)}`} style={bar(call)} />
          </div>
        </li>
        {inside.map((one) => (
          <li key={one.id} className="pl-3">
            <div className="flex items-center justify-between gap-4 text-xs">
              <Link
                to="/p/$project/calls/$call"
                params={{ project: project.id, call: one.id }}
                search={true}
                className="truncate font-mono text-accent hover:underline"
              >
                {one.metadata.tool_slug}
              </Link>
              <span className="num flex items-center gap-3 whitespace-nowrap text-soft">
                <CallStatus status={one.status} />
                {one.metrics.duration_ms === undefined ? 'running' : duration(one.metrics.duration_ms)}
              </span>
            </div>
            <div className="mt-1 h-1.5 rounded-full bg-hover">
              <div className={`h-1.5 rounded-full opacity-70 ${colour(one.status)}`} style={bar(one)} />
            </div>
          </li>
        ))}
      </ul>
    </Section>
  );
}
