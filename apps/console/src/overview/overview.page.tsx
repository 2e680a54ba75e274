import type { Answer } from '@patchbay/client';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { useMemo, type ReactNode } from 'react';
import { useAnswer, useScope } from '../api/index.js';
import { Chart, type Series } from '../charts/index.js';
import {
  Button,
  buttonClass,
  Choice,
  count,
  duration,
  Empty,
  Failure,
  PageHead,
  percent,
  SkeletonLines,
  Time,
} from '../ui/index.js';
import { Attention } from './attention.js';
import { FailedLast } from './failed-last.js';
import { bySteps } from './steps.js';

type Activity = Answer<'getActivity'>;

const HOUR_MS = 3_600_000;
const LONGEST = '30d';
const RANGES: Record<string, { name: string; ms: number }> = {
  '1h': { name: 'Last hour', ms: HOUR_MS },
  '24h': { name: 'Last 24 hours', ms: 24 * HOUR_MS },
  '7d': { name: 'Last 7 days', ms: 168 * HOUR_MS },
  [LONGEST]: { name: 'Last 30 days', ms: 720 * HOUR_MS },
};

/** The project at a glance: is all well, who and what is busy, and what needs attention. */
export function OverviewPage() {
  const { project } = useScope();
  const navigate = useNavigate();
  const { range = '24h' } = useSearch({ strict: false }) as { range?: string };
  const ms = (RANGES[range] ?? RANGES['24h'])?.ms ?? 0;
  const from = useMemo(() => Math.floor((Date.now() - ms) / 60_000) * 60_000, [ms]);
  const { data, error, refetch } = useAnswer(
    'getActivity',
    { query: { from } },
    { every: 30_000, keeps: true },
  );
  const choose = (value: string) =>
    void navigate({ to: '.', search: (before) => ({ ...before, range: value }), replace: true });
  const isAway = Boolean(error) && !data;
  return (
    <div className="min-h-0 flex-1 overflow-y-auto">
      <PageHead title="Overview" note={project.name}>
        <Choice
          label="Time"
          value={range in RANGES ? range : '24h'}
          options={Object.entries(RANGES).map(([value, { name }]) => [value, name])}
          onChange={choose}
        />
      </PageHead>
      <div className="grid gap-4 px-4 pb-8 sm:px-6 xl:grid-cols-3">
        <Figures total={data?.total} isAway={isAway} />
        <Card title="Calls over time" className="xl:col-span-2">
          {isAway ? (
            <Failure error={error} what="The activity" onRetry={() => void refetch()} />
          ) : !data ? (
            <SkeletonLines lines={8} />
          ) : data.total.calls === 0 ? (
            <Empty
              icon="calls"
              title="No call in this time"
              act={
                <>
                  <Link
                    to="/p/$project/start"
                    params={{ project: project.id }}
                    className={buttonClass('primary')}
                  >
                    Make a call
                  </Link>
                  {range !== LONGEST && <Button onClick={() => choose(LONGEST)}>Look at 30 days</Button>}
                </>
              }
            >
              Calls of tools are counted here as they end.
            </Empty>
          ) : (
            <Charts activity={data} />
          )}
        </Card>
        <div className="flex min-w-0 flex-col gap-4">
          <Card title="Needs attention">
            <Attention />
          </Card>
          <Card title="Failed last" className="flex-1">
            <FailedLast />
          </Card>
        </div>
        <Top
          title="Busiest tools"
          note="Whole days, UTC"
          isAway={isAway}
          rows={data?.top_tools.map(({ tool_slug: key, calls, failed }) => ({
            key,
            to: 'calls',
            search: { tool: key, range },
            name: <bdi className="font-mono">{key}</bdi>,
            value: calls,
            failed,
          }))}
        />
        <Top
          title="Busiest users"
          note="Whole days, UTC"
          isAway={isAway}
          rows={data?.top_users.map(({ user_id: key, calls, failed }) => ({
            key,
            to: 'calls',
            search: { user: key, range },
            name: <bdi>{key}</bdi>,
            value: calls,
            failed,
          }))}
        />
        <Top
          title="Failing accounts"
          none="No account’s call failed."
          isAway={isAway}
          isBad
          rows={data?.failing_accounts.map((account) => ({
            key: account.connected_account_id,
            to: `accounts/${account.connected_account_id}`,
            name: (
              <>
                {account.toolkit_slug} <bdi className="text-soft">{account.user_id}</bdi>
              </>
            ),
            value: account.failed,
            aside: <Time at={account.last_failed_at} className="text-xs" />,
          }))}
        />
      </div>
    </div>
  );
}

function Figures({ total, isAway }: { total: Activity['total'] | undefined; isAway: boolean }) {
  const time = (ms: number | null) => (ms === null ? '–' : duration(ms));
  const isBad = total !== undefined && total.failed > total.calls / 10;
  const figures: [name: string, value: string | undefined, isBad?: boolean][] = [
    ['Calls', total && count(total.calls)],
    ['Failed', total && count(total.failed), isBad],
    ['Error rate', total && percent(total.failed, total.calls), isBad],
    ['p50 latency', total && time(total.p50_ms)],
    ['p95 latency', total && time(total.p95_ms)],
    ['p99 latency', total && time(total.p99_ms)],
  ];
  return (
    <dl className="grid grid-cols-2 gap-4 sm:grid-cols-3 lg:grid-cols-6 xl:col-span-3">
      {figures.map(([name, value, isBad]) => (
        <div key={name} className="rounded-xl p-4 ring-1 ring-line ring-inset">
          <dt className="text-xs text-soft">{name}</dt>
          <dd className={`num mt-1 text-xl font-semibold tracking-tight ${isBad ? 'text-bad' : ''}`}>
            {value ?? (isAway ? '–' : <span className="skeleton inline-block h-5 w-16" />)}
          </dd>
        </div>
      ))}
    </dl>
  );
}

function Charts({ activity }: { activity: Activity }) {
  const [shown, calls, latencies] = useMemo(() => {
    const steps = bySteps(activity);
    const called: Series[] = [
      { name: 'Calls', values: steps.calls, colour: 'accent', format: count },
      { name: 'Failed', values: steps.failed, colour: 'bad', format: count },
    ];
    const took: Series[] = [
      { name: 'p50', values: steps.p50, colour: 'accent', format: duration },
      { name: 'p95', values: steps.p95, colour: 'ink', format: duration },
      { name: 'p99', values: steps.p99, colour: 'soft', isDashed: true, format: duration },
    ];
    return [steps, called, took];
  }, [activity]);
  const time = { times: shown.times, stepMs: activity.step_ms };
  return (
    <>
      <Chart label="Calls over time" {...time} series={calls} kind="bars" />
      <h3 className="mt-4 mb-1 text-sm font-semibold">Latency</h3>
      <Chart label="Latency of calls over time" {...time} series={latencies} kind="line" height={130} />
    </>
  );
}

function Card({
  title,
  note,
  children,
  className = '',
}: {
  title: string;
  note?: string | undefined;
  children: ReactNode;
  className?: string;
}) {
  return (
    <section className={`min-w-0 rounded-xl p-4 ring-1 ring-line ring-inset ${className}`}>
      <div className="mb-3 flex items-baseline justify-between gap-4">
        <h2 className="text-sm font-semibold">{title}</h2>
        {note && <span className="text-xs whitespace-nowrap text-soft">{note}</span>}
      </div>
      {children}
    </section>
  );
}

interface Row {
  key: string;
  name: ReactNode;
  to: string;
  search?: Record<string, string>;
  value: number;
  failed?: number;
  aside?: ReactNode;
}

function Top(props: {
  title: string;
  note?: string;
  none?: string;
  rows: Row[] | undefined;
  isAway: boolean;
  isBad?: boolean;
}) {
  const { title, note, none = 'None in this time.', rows, isAway, isBad = false } = props;
  const { project } = useScope();
  const most = Math.max(...(rows ?? []).map(({ value }) => value), 1);
  return (
    <Card title={title} note={rows?.length ? note : undefined}>
      {isAway ? (
        <p className="text-sm text-soft">This cannot be had at the moment.</p>
      ) : !rows ? (
        <SkeletonLines />
      ) : rows.length === 0 ? (
        <p className="text-sm text-soft">{none}</p>
      ) : (
        <ol className="space-y-2.5">
          {rows.map(({ key, name, to, search, value, failed = 0, aside }) => (
            <li key={key} className="text-sm">
              <div className="flex items-baseline justify-between gap-4">
                <Link
                  to={`/p/$project/${to}` as '/p/$project'}
                  params={{ project: project.id }}
                  search={search ?? {}}
                  className="min-w-0 truncate hover:text-accent hover:underline"
                >
                  {name}
                </Link>
                <span className="num flex gap-3 whitespace-nowrap text-soft">
                  {aside}
                  {count(value)}
                  {failed > 0 && <span className="sr-only">, {count(failed)} failed</span>}
                </span>
              </div>
              <div
                className="mt-1 flex h-1 overflow-hidden rounded-full bg-hover"
                title={failed > 0 ? `${count(failed)} of ${count(value)} failed` : undefined}
              >
                <div
                  className={isBad ? 'bg-bad' : 'bg-accent'}
                  style={{ width: `${(100 * (value - failed)) / most}%` }}
                />
                <div className="bg-bad" style={{ width: `${(100 * failed) / most}%` }} />
              </div>
            </li>
          ))}
        </ol>
      )}
    </Card>
  );
}
