import type { Answer } from '@patchbay/client';
import { useNavigate } from '@tanstack/react-router';
import { useApi, usePages, useScope } from '../api/index.js';
import { Empty, Table, Time, type Column } from '../ui/index.js';

type Search = Answer<'listSearchesWithoutCall'>['items'][number];

const foundIn = ({ queries, error }: Search) => {
  const slugs = [...new Set(queries.flatMap(({ primary_tool_slugs: found }) => found))];
  if (slugs.length > 0) return <span className="font-mono text-soft">{slugs.join(' ')}</span>;
  return <span className={error ? 'text-bad' : 'text-soft'}>{error ?? 'Not kept'}</span>;
};
const sentencesOf = ({ queries }: Search) => queries.map(({ use_case: said }) => said).join(' · ');

const COLUMNS: Column<Search>[] = [
  {
    header: 'Looked for',
    width: 'minmax(12rem, 2fr)',
    cell: (search) => sentencesOf(search) || <span className="text-soft">The project keeps no payloads</span>,
  },
  { header: 'Found', width: 'minmax(8rem, 1.6fr)', hidden: 'narrow', cell: foundIn },
  {
    header: 'User',
    width: 'minmax(5rem, 0.8fr)',
    hidden: 'middle',
    cell: ({ user_id: user }) => <bdi>{user}</bdi>,
  },
  {
    header: 'When',
    width: '4.75rem',
    isRight: true,
    cell: ({ at }) => <Time at={at} className="text-soft" />,
  },
];

/** Searches of the last week that no call followed: trying one again says what it found, and why. */
export function UnusedSearches() {
  const api = useApi();
  const { project } = useScope();
  const navigate = useNavigate();
  const pages = usePages(['listSearchesWithoutCall'], async (cursor, signal) => {
    const page = await api.request('listSearchesWithoutCall', {
      query: { limit: 50, ...(cursor && { cursor }) },
      signal,
    });
    return { items: page.items, next: page.next_cursor };
  });
  return (
    <Table
      label="Searches that led to no call"
      columns={COLUMNS}
      pages={pages}
      idOf={({ log_id: id }) => id}
      nameOf={(search) => `Try again: ${sentencesOf(search) || search.log_id}`}
      onOpen={({ queries, log_id: call }) => {
        const [first] = queries;
        if (first)
          void navigate({
            to: '/p/$project/search',
            params: { project: project.id },
            search: { q: first.use_case },
          });
        else void navigate({ to: '/p/$project/calls/$call', params: { project: project.id, call } });
      }}
      empty={
        <Empty icon="search" title="Each search led to a call">
          In the last week every search of a session was followed by a call within half an hour.
        </Empty>
      }
    />
  );
}
