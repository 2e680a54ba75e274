import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { useCallback, useMemo, useState } from 'react';
import { useApi, usePages, useScope } from '../api/index.js';
import { LiveWord, useLiveCalls, type Call } from '../live/index.js';
import {
  Button,
  CallStatus,
  count,
  duration,
  Empty,
  ListAndPanel,
  PageHead,
  Switch,
  Table,
  Time,
  type Column,
} from '../ui/index.js';
import { CallPanel } from './call.panel.js';
import { FilterBar } from './filter-bar.js';
import { logFilters, timeRange, type CallFilters } from './filters.js';

const COLUMNS: Column<Call>[] = [
  {
    header: 'Tool',
    width: 'minmax(11rem, 2.2fr)',
    cell: ({ metadata, parent }) => (
      <span className="flex min-w-0 items-center gap-2">
        {parent && (
          <span className="text-soft" title={`Inside ${parent.tool_slug}`}>
            ↳
          </span>
        )}
        <span className="truncate font-mono">{metadata.tool_slug}</span>
      </span>
    ),
  },
  { header: 'Status', width: '6.5rem', cell: ({ status }) => <CallStatus status={status} /> },
  {
    header: 'User',
    width: 'minmax(5rem, 1fr)',
    hidden: 'narrow',
    cell: ({ metadata }) => <bdi>{metadata.user_id}</bdi>,
  },
  {
    header: 'Error',
    width: 'minmax(6rem, 1.4fr)',
    hidden: 'middle',
    cell: ({ message }) => <span className="text-soft">{message ?? ''}</span>,
  },
  {
    header: 'Took',
    width: '5rem',
    isRight: true,
    hidden: 'narrow',
    cell: ({ metrics }) => (metrics.duration_ms === undefined ? '' : duration(metrics.duration_ms)),
  },
  {
    header: 'When',
    width: '4.75rem',
    isRight: true,
    cell: ({ timestamp }) => <Time at={timestamp} className="text-soft" />,
  },
];

export function CallsPage() {
  const params = useParams({ strict: false });
  const openId = params['call' as keyof typeof params] as string | undefined;
  const filters = useSearch({ strict: false }) as CallFilters & { live?: string };
  const navigate = useNavigate();
  const { project } = useScope();
  const api = useApi();
  const isLive = filters.live !== 'off' && !filters.to;

  const key = JSON.stringify([logFilters(filters), filters.range, filters.from, filters.to]);
  const pages = usePages(['listLogs', key], async (cursor, signal) => {
    const range = timeRange(filters, Date.now());
    const page = await api.request('listLogs', {
      body: {
        limit: 100,
        filters: logFilters(filters),
        ...(cursor && { cursor }),
        ...(range && { time_range: range }),
      },
      signal,
    });
    return { items: page.logs, next: page.next_cursor };
  });
  const live = useLiveCalls(logFilters(filters), isLive);

  const merged = useMemo(() => {
    const newest = new Map(live.calls.map((call) => [call.id, call]));
    const listed = pages.items.map((call) => newest.get(call.id) ?? call);
    const known = new Set(listed.map(({ id }) => id));
    return [...live.calls.filter(({ id }) => !known.has(id)), ...listed];
  }, [live.calls, pages.items]);
  const [opened] = useState(() => Date.now());
  const fresh = useMemo(
    () =>
      new Set(
        live.calls
          .filter(({ timestamp }) => Date.parse(timestamp) > opened)
          .slice(0, 5)
          .map(({ id }) => id),
      ),
    [live.calls, opened],
  );

  const change = useCallback(
    (changes: Partial<CallFilters> & { live?: string | undefined }) =>
      void navigate({ to: '.', search: (before: object) => ({ ...before, ...changes }), replace: true }),
    [navigate],
  );
  const open = (call?: Call) =>
    void navigate({
      to: call ? '/p/$project/calls/$call' : '/p/$project/calls',
      params: { project: project.id, ...(call && { call: call.id }) } as { project: string; call: string },
      search: true,
      replace: openId !== undefined && call !== undefined,
    });
  const isFiltered = logFilters(filters).length > 0 || Boolean(filters.range || filters.from || filters.to);

  return (
    <ListAndPanel
      list={
        <>
          <PageHead title="Calls" note="Every call of a tool, as it happens.">
            <LiveWord state={live.state} />
            <Switch
              label="Live"
              isOn={isLive}
              onChange={(isOn) => change({ live: isOn ? undefined : 'off' })}
            />
          </PageHead>
          <FilterBar filters={filters} onChange={change} />
          <Table
            label="Calls"
            columns={COLUMNS}
            pages={{ ...pages, items: merged }}
            idOf={({ id }) => id}
            nameOf={({ metadata, status }) => `${metadata.tool_slug} by ${metadata.user_id}, ${status}`}
            onOpen={(call) => open(call)}
            openId={openId}
            fresh={fresh}
            empty={
              isFiltered ? (
                <Empty
                  icon="filter"
                  title="No call fits these filters"
                  act={
                    <Button
                      onClick={() =>
                        void navigate({
                          to: '/p/$project/calls',
                          params: { project: project.id },
                          search: {},
                        })
                      }
                    >
                      Clear the filters
                    </Button>
                  }
                >
                  {isLive
                    ? 'One that does appears here as it is made.'
                    : 'Live is off: reload to see newer ones.'}
                </Empty>
              ) : (
                <Empty
                  icon="calls"
                  title="No call yet"
                  act={
                    <Button
                      kind="primary"
                      icon="start"
                      onClick={() =>
                        void navigate({ to: '/p/$project/start', params: { project: project.id } })
                      }
                    >
                      Make the first one
                    </Button>
                  }
                >
                  Each call of a tool is here from the moment it begins: what it was given, what came back,
                  and how long it took.
                </Empty>
              )
            }
          />
          <p role="status" className="sr-only">
            {pages.isPending ? '' : `${count(merged.length)} calls are listed`}
          </p>
        </>
      }
      panel={openId !== undefined && <CallPanel key={openId} id={openId} onClose={() => open()} />}
    />
  );
}
