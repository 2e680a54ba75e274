import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import { useAnswer, useApi, useScope } from '../api/index.js';
import {
  Button,
  buttonClass,
  Choice,
  complain,
  count,
  duration,
  Empty,
  PageHead,
  percent,
  reasonOf,
  Table,
  type Column,
} from '../ui/index.js';
import { asCsv } from './csv.js';

interface Group {
  key: string;
  event_count: number;
  failed_count?: number;
  duration_ms?: number;
}

const DAY = 86_400_000;
/** What calls are counted by, and what its column is called. */
const BY: [string, string][] = [
  ['tool_slug', 'Tool'],
  ['toolkit_slug', 'Toolkit'],
  ['user_id', 'User'],
  ['day', 'Day'],
];

/** How much was used, by whom and of what, to look at and to take along. */
export function UsagePage() {
  const { by = 'tool_slug', days = '30' } = useSearch({ strict: false }) as { by?: string; days?: string };
  const { project } = useScope();
  const api = useApi();
  const navigate = useNavigate();
  const [isExporting, setExporting] = useState(false);
  const from = useMemo(() => Math.floor(Date.now() / DAY) * DAY - (Number(days) - 1) * DAY, [days]);
  const { data, error, isPending, refetch } = useAnswer('getUsageBreakdown', {
    path: { entityType: 'tool_calls' },
    body: {
      from,
      group_by: by,
      limit: 1000,
      ...(by === 'day' && { order_by: 'key', order_direction: 'desc' as const }),
    },
  });
  const change = (changes: Record<string, string>) =>
    void navigate({ to: '.', search: (before) => ({ ...before, ...changes }), replace: true });
  const columns: Column<Group>[] = [
    {
      header: BY.find(([value]) => value === by)?.[1] ?? '',
      width: 'minmax(10rem, 2fr)',
      cell: ({ key }) => <bdi className={by === 'user_id' ? '' : 'font-mono'}>{key}</bdi>,
    },
    { header: 'Calls', width: '4.5rem', isRight: true, cell: ({ event_count }) => count(event_count) },
    {
      header: 'Failed',
      width: '7rem',
      isRight: true,
      cell: ({ failed_count = 0, event_count }) => (
        <span className={failed_count > event_count / 10 ? 'text-bad' : 'text-soft'}>
          {count(failed_count)} ({percent(failed_count, event_count)})
        </span>
      ),
    },
    {
      header: 'Mean time',
      width: '6rem',
      isRight: true,
      hidden: 'narrow',
      cell: ({ duration_ms = 0, event_count }) => duration(duration_ms / Math.max(event_count, 1)),
    },
  ];
  const save = (text: string, name: string, type: string) => {
    const url = URL.createObjectURL(new Blob([text], { type }));
    const link = document.createElement('a');
    link.href = url;
    link.download = name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(url), 1_000);
  };
  const exportCalls = () => {
    setExporting(true);
    api
      .open('exportLogs', { query: { from } })
      .then(async (answer) =>
        save(await answer.text(), `${project.name}-calls.jsonl`, 'application/x-ndjson'),
      )
      .catch((reason: unknown) => complain(`The export broke off: ${reasonOf(reason)}`))
      .finally(() => setExporting(false));
  };
  return (
    <>
      <PageHead
        title="Usage"
        note={
          data
            ? `${count(data.event_count)} calls ended in these days.`
            : 'Calls that ended, counted by day of UTC.'
        }
      >
        <Choice
          label="Group"
          value={by}
          options={BY.map(([value, name]) => [value, `By ${name.toLowerCase()}`])}
          onChange={(value) => change({ by: value })}
        />
        <Choice
          label="Time"
          value={days}
          options={[
            ['7', 'Last 7 days'],
            ['30', 'Last 30 days'],
            ['90', 'Last 90 days'],
            ['365', 'Last 365 days'],
          ]}
          onChange={(value) => change({ days: value })}
        />
        <Button
          icon="download"
          disabled={!data}
          onClick={() => data && save(asCsv(by, data.groups), `${project.name}-usage.csv`, 'text/csv')}
        >
          CSV
        </Button>
        <Button icon="download" isBusy={isExporting} onClick={exportCalls}>
          All calls
        </Button>
      </PageHead>
      <Table
        label="Usage"
        columns={columns}
        pages={{
          items: data?.groups ?? [],
          isPending,
          error,
          hasMore: false,
          isLoadingMore: false,
          loadMore: () => undefined,
          reload: () => void refetch(),
        }}
        idOf={({ key }) => key}
        nameOf={({ key, event_count }) => `${key}, ${event_count} calls`}
        onOpen={({ key }) => {
          const name = { tool_slug: 'tool', toolkit_slug: 'toolkit', user_id: 'user' }[by];
          const begin = Date.parse(key.slice(0, 10));
          const search = name ? { [name]: key } : { from: String(begin), to: String(begin + DAY) };
          void navigate({ to: '/p/$project/calls', params: { project: project.id }, search });
        }}
        empty={
          <Empty
            icon="usage"
            title="Nothing was used in these days"
            act={
              <Link
                to="/p/$project/start"
                params={{ project: project.id }}
                className={buttonClass('primary')}
              >
                Make a call
              </Link>
            }
          >
            Calls are counted as they end, and stay counted after their record is deleted.
          </Empty>
        }
      />
    </>
  );
}
