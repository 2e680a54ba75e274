import { Link } from '@tanstack/react-router';
import { useMemo, useState, type ReactNode } from 'react';
import { useAnswer, useScope } from '../api/index.js';
import { Chart, type Series } from '../charts/index.js';
import {
  buttonClass,
  Choice,
  count,
  duration,
  Empty,
  Failure,
  PageHead,
  percent,
  SkeletonLines,
} from '../ui/index.js';
import { Attention } from './attention.js';
import { byDay, lastDays } from './days.js';
import { FailedLast } from './failed-last.js';

/** The project at a glance: is all well, who and what is busy, and what needs somebody. */
export function OverviewPage() {
  const { project } = useScope();
  const [span, setSpan] = useState('14');
  const days = useMemo(() => lastDays(Number(span), Date.now()), [span]);
  const from = days[0] ?? 0;
  const path = { entityType: 'tool_calls' };
  const every = { every: 30_000 };
  const daily = useAnswer('getUsageBreakdown', { path, body: { from, group_by: 'day', limit: 1000 } }, every);
  const tools = useAnswer(
    'getUsageBreakdown',
    { path, body: { from, group_by: 'tool_slug', limit: 6 } },
    every,
  );
  const users = useAnswer(
    'getUsageBreakdown',
    { path, body: { from, group_by: 'user_id', limit: 6 } },
    every,
  );
  const summary = useAnswer('getUsageSummary', { body: { from } }, every);
  const shown = useMemo(() => byDay(days, daily.data?.groups ?? []), [days, daily.data]);
  const callSeries = useMemo<Series[]>(
    () => [
      { name: 'Calls', values: shown.calls, colour: 'accent', format: count },
      { name: 'failed', values: shown.failed, colour: 'bad', format: count },
    ],
    [shown],
  );
  const timeSeries = useMemo<Series[]>(
    () => [{ name: 'Mean time of a call', values: shown.average, colour: 'accent', format: duration }],
    [shown],
  );
  const calls = summary.data?.entities['tool_calls'];
  const sessions = summary.data?.entities['sessions'];
  const total = calls?.event_count ?? 0;
  return (
    <div className="min-h-0 flex-1 overflow-y-auto">
      <PageHead title="Overview" note={project.name}>
        <Choice
          label="Time"
          value={span}
          options={[
            ['7', 'Last 7 days'],
            ['14', 'Last 14 days'],
            ['30', 'Last 30 days'],
            ['90', 'Last 90 days'],
          ]}
          onChange={setSpan}
        />
      </PageHead>
      <div className="grid gap-4 px-4 pb-8 sm:px-6 xl:grid-cols-3">
        <dl className="grid grid-cols-2 gap-4 sm:grid-cols-4 xl:col-span-3">
          <Figure name="Calls" value={calls && count(total)} />
          <Figure
            name="Failed"
            value={calls && percent(calls.failed_count ?? 0, total)}
            isBad={(calls?.failed_count ?? 0) > total / 10}
          />
          <Figure
            name="Mean time"
            value={calls && (total === 0 ? '–' : duration((calls.duration_ms ?? 0) / total))}
          />
          <Figure name="Sessions made" value={sessions && count(sessions.event_count)} />
        </dl>
        <Card title="Calls by day" className="xl:col-span-2">
          {daily.error && !daily.data ? (
            <Failure error={daily.error} what="Usage" onRetry={() => void daily.refetch()} />
          ) : !daily.data ? (
            <SkeletonLines />
          ) : daily.data.event_count === 0 ? (
            <Empty
              icon="calls"
              title="No call in these days"
              act={
                <Link
                  to="/p/$project/start"
                  params={{ project: project.id }}
                  className={buttonClass('primary')}
                >
                  Make the first one
                </Link>
              }
            >
              Calls of tools are counted here as they end.
            </Empty>
          ) : (
            <>
              <Chart label="Calls by day" days={days} series={callSeries} kind="bars" />
              <h3 className="mt-4 mb-1 text-xs text-soft">Mean time of a call</h3>
              <Chart
                label="Mean time of a call by day"
                days={days}
                series={timeSeries}
                kind="line"
                height={110}
              />
            </>
          )}
        </Card>
        <Card title="Needs somebody">
          <Attention />
        </Card>
        <Top title="Busiest tools" groups={tools.data?.groups} to="tool" />
        <Top title="Busiest users" groups={users.data?.groups} to="user" />
        <Card title="Failed last">
          <FailedLast />
        </Card>
      </div>
    </div>
  );
}

function Figure({
  name,
  value,
  isBad = false,
}: {
  name: string;
  value: string | undefined;
  isBad?: boolean;
}) {
  return (
    <div className="rounded-xl p-4 ring-1 ring-line ring-inset">
      <dt className="text-xs text-soft">{name}</dt>
      <dd className={`num mt-1 text-2xl font-semibold tracking-tight ${isBad ? 'text-bad' : ''}`}>
        {value ?? <span className="skeleton inline-block h-6 w-16" />}
      </dd>
    </div>
  );
}

function Card({
  title,
  children,
  className = '',
}: {
  title: string;
  children: ReactNode;
  className?: string;
}) {
  return (
    <section className={`min-w-0 rounded-xl p-4 ring-1 ring-line ring-inset ${className}`}>
      <h2 className="mb-3 text-sm font-semibold">{title}</h2>
      {children}
    </section>
  );
}

interface Group {
  key: string;
  event_count: number;
  failed_count?: number;
}

function Top({ title, groups, to }: { title: string; groups: Group[] | undefined; to: 'tool' | 'user' }) {
  const { project } = useScope();
  const most = Math.max(...(groups ?? []).map(({ event_count }) => event_count), 1);
  return (
    <Card title={title}>
      {!groups ? (
        <SkeletonLines />
      ) : groups.length === 0 ? (
        <p className="text-sm text-soft">None in these days.</p>
      ) : (
        <ol className="space-y-2.5">
          {groups.map(({ key, event_count, failed_count = 0 }) => (
            <li key={key} className="text-sm">
              <div className="flex items-baseline justify-between gap-4">
                <Link
                  to="/p/$project/calls"
                  params={{ project: project.id }}
                  search={{ [to]: key }}
                  className={`min-w-0 truncate hover:text-accent hover:underline ${to === 'tool' ? 'font-mono' : ''}`}
                >
                  <bdi>{key}</bdi>
                </Link>
                <span className="num whitespace-nowrap text-soft">
                  {failed_count > 0 && <span className="mr-3 text-bad">{count(failed_count)} failed</span>}
                  {count(event_count)}
                </span>
              </div>
              <div className="mt-1 h-1 rounded-full bg-hover">
                <div
                  className="h-1 rounded-full bg-accent"
                  style={{ width: `${(100 * event_count) / most}%` }}
                />
              </div>
            </li>
          ))}
        </ol>
      )}
    </Card>
  );
}
