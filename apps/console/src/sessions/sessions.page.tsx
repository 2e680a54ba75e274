import type { Item } from '@patchbay/client';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { useList, useMay, useScope } from '../api/index.js';
import {
  Button,
  count,
  counted,
  Empty,
  Filters,
  PageHead,
  SearchBox,
  Table,
  Time,
  type Column,
} from '../ui/index.js';
import { MakeSession } from './make-session.js';

type Session = Item<'listSessions'>;

const COLUMNS: Column<Session>[] = [
  {
    header: 'Session',
    width: 'minmax(9rem, 1.2fr)',
    cell: ({ session_id }) => <span className="font-mono">{session_id}</span>,
  },
  { header: 'User', width: 'minmax(5rem, 1.2fr)', cell: ({ user_id }) => <bdi>{user_id}</bdi> },
  {
    header: 'Toolkits',
    width: 'minmax(8rem, 1.6fr)',
    hidden: 'narrow',
    cell: ({ toolkits }) => <span className="text-soft">{toolkitsOf(toolkits)}</span>,
  },
  {
    header: 'Version',
    width: '4.5rem',
    hidden: 'middle',
    isRight: true,
    cell: ({ config_version }) => <span className="text-soft">{count(config_version)}</span>,
  },
  {
    header: 'Changed',
    width: '6rem',
    hidden: 'middle',
    isRight: true,
    cell: ({ updated_at }) => <Time at={updated_at} className="text-soft" />,
  },
  {
    header: 'Made',
    width: '6rem',
    isRight: true,
    cell: ({ created_at }) => <Time at={created_at} className="text-soft" />,
  },
];

function toolkitsOf(toolkits: Session['toolkits']): string {
  if (!toolkits) return 'All';
  if ('enabled' in toolkits) return toolkits.enabled.join(', ') || 'None';
  return toolkits.disabled.length === 0 ? 'All' : `All but ${toolkits.disabled.join(', ')}`;
}

/** Sessions, newest first, and a way to find one by its id or its user. */
export function SessionsPage() {
  const { search = '' } = useSearch({ strict: false }) as { search?: string };
  const { project } = useScope();
  const may = useMay('developer');
  const navigate = useNavigate();
  const [isMaking, setMaking] = useState(false);
  const wanted = search.trim();
  const pages = useList('listSessions', { query: wanted ? { search: wanted } : {} }, { every: 15_000 });
  const find = (text: string) =>
    void navigate({
      to: '.',
      search: (before) => ({ ...before, search: text || undefined }),
      replace: true,
    });
  const open = (session: string) =>
    void navigate({ to: '/p/$project/sessions/$session', params: { project: project.id, session } });
  const make = (
    <Button kind="primary" icon="plus" disabled={!may} onClick={() => setMaking(true)}>
      New session
    </Button>
  );
  return (
    <>
      <PageHead title="Sessions" note="Each holds one user’s tools, accounts, files and workbench.">
        {make}
      </PageHead>
      <Filters label="Sessions">
        <SearchBox label="User or session id" value={search} onChange={find} className="w-full sm:w-72" />
        <span className="num ml-auto text-xs text-soft">
          {pages.total !== undefined && counted(pages.total, 'session')}
        </span>
      </Filters>
      <Table
        label="Sessions"
        columns={COLUMNS}
        pages={pages}
        idOf={({ session_id }) => session_id}
        nameOf={({ session_id, user_id }) => `${session_id} of ${user_id}`}
        onOpen={({ session_id }) => open(session_id)}
        empty={
          wanted ? (
            <Empty
              icon="search"
              title="No session fits"
              act={<Button onClick={() => find('')}>Show all sessions</Button>}
            >
              Users are found by how their id begins, sessions by their whole id.
            </Empty>
          ) : (
            <Empty icon="sessions" title="There is no session yet" act={make}>
              A session binds one user to the tools that they may use. Your program makes one by the SDK, or
              you make one here.
            </Empty>
          )
        }
      />
      {isMaking && <MakeSession onClose={() => setMaking(false)} onMade={open} />}
    </>
  );
}
