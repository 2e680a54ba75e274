import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useApi, useMay, usePages, useScope } from '../api/index.js';
import {
  Button,
  CallStatus,
  Empty,
  Field,
  Icon,
  Modal,
  PageHead,
  Table,
  Time,
  type Column,
} from '../ui/index.js';
import { MakeSession } from './make-session.js';

interface Recent {
  id: string;
  user: string;
  tool: string;
  status: string;
  at: string;
}

const COLUMNS: Column<Recent>[] = [
  {
    header: 'Session',
    width: 'minmax(10rem, 1.2fr)',
    cell: ({ id }) => <span className="font-mono">{id}</span>,
  },
  { header: 'User', width: 'minmax(5rem, 1.2fr)', cell: ({ user }) => <bdi>{user}</bdi> },
  {
    header: 'Last call',
    width: 'minmax(8rem, 1.6fr)',
    hidden: 'narrow',
    cell: ({ tool }) => <span className="font-mono text-soft">{tool}</span>,
  },
  { header: 'Status', width: '7rem', hidden: 'narrow', cell: ({ status }) => <CallStatus status={status} /> },
  { header: 'When', width: '6rem', isRight: true, cell: ({ at }) => <Time at={at} className="text-soft" /> },
];

/** Sessions by their last calls. */
export function SessionsPage() {
  const { project } = useScope();
  const api = useApi();
  const may = useMay('developer');
  const navigate = useNavigate();
  const [asking, setAsking] = useState<'open' | 'make'>();
  const calls = usePages(
    ['recent-sessions'],
    async (cursor, signal) => {
      const page = await api.request('listLogs', {
        body: { limit: 500, filters: [], ...(cursor && { cursor }) },
        signal,
      });
      return { items: page.logs, next: page.next_cursor };
    },
    { every: 15_000 },
  );
  const sessions = new Map<string, Recent>();
  for (const { metadata, status, timestamp } of calls.items) {
    const id = metadata.session_id;
    if (id && !sessions.has(id))
      sessions.set(id, { id, user: metadata.user_id, tool: metadata.tool_slug, status, at: timestamp });
  }
  const open = (session: string) =>
    void navigate({ to: '/p/$project/sessions/$session', params: { project: project.id, session } });
  const make = (
    <Button kind="primary" icon="plus" disabled={!may} onClick={() => setAsking('make')}>
      New session
    </Button>
  );
  return (
    <>
      <PageHead
        title="Sessions"
        note="One user’s tools, accounts and workbench each; those that were used last come first."
      >
        <Button icon="search" onClick={() => setAsking('open')}>
          Open by id
        </Button>
        {make}
      </PageHead>
      <div className="border-b border-line" />
      <Table
        label="Sessions"
        columns={COLUMNS}
        pages={{ ...calls, items: [...sessions.values()] }}
        idOf={({ id }) => id}
        nameOf={({ id, user }) => `${id} of ${user}`}
        onOpen={({ id }) => open(id)}
        empty={
          <Empty icon="sessions" title="No session has made a call yet" act={make}>
            A session binds one user to the tools that they may use. Your program makes one by the SDK, or you
            make one here.
          </Empty>
        }
      />
      {asking === 'open' && <OpenById onClose={() => setAsking(undefined)} onOpen={open} />}
      {asking === 'make' && <MakeSession onClose={() => setAsking(undefined)} onMade={open} />}
    </>
  );
}

function OpenById({ onClose, onOpen }: { onClose: () => void; onOpen: (id: string) => void }) {
  const [id, setId] = useState('');
  return (
    <Modal title="Open a session" isOpen onClose={onClose}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          onOpen(id.trim());
        }}
      >
        <Field label="Id" hint="It begins with trs_.">
          {(given) => (
            <input
              {...given}
              className="input font-mono"
              required
              maxLength={100}
              value={id}
              onChange={(event) => setId(event.target.value)}
            />
          )}
        </Field>
        <div className="flex justify-end">
          <Button type="submit" kind="primary">
            Open <Icon name="right" size={12} />
          </Button>
        </div>
      </form>
    </Modal>
  );
}
