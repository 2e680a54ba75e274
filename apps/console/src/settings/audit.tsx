import type { Item } from '@patchbay/client';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useList, useScope } from '../api/index.js';
import { Choice, Empty, exactly, Facts, Filters, Id, Modal, Table, Time, type Column } from '../ui/index.js';

type Act = Item<'listAuditEvents'>;

function words(action: string): string {
  const text = action
    .replaceAll('_', ' ')
    .replace('.', ': ')
    .replace(/^(api|mcp) /, (name) => name.toUpperCase());
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}
const by = ({ actor }: Act) => actor.name ?? actor.kind.replaceAll('_', ' ');

const COLUMNS: Column<Act>[] = [
  {
    header: 'What',
    width: 'minmax(10rem, 1.4fr)',
    cell: ({ action, outcome }) => (
      <span className={outcome === 'refused' ? 'text-bad' : 'font-medium'}>{words(action)}</span>
    ),
  },
  {
    header: 'On',
    width: 'minmax(8rem, 1.2fr)',
    hidden: 'narrow',
    cell: ({ target }) => <span className="font-mono text-soft">{target.id}</span>,
  },
  { header: 'By', width: 'minmax(6rem, 1fr)', cell: (act) => <bdi>{by(act)}</bdi> },
  {
    header: 'Fields',
    width: 'minmax(6rem, 1fr)',
    hidden: 'middle',
    cell: ({ changed }) => <span className="text-soft">{changed.join(', ')}</span>,
  },
  {
    header: 'When',
    width: '4.75rem',
    isRight: true,
    cell: ({ timestamp }) => <Time at={timestamp} className="text-soft" />,
  },
];

interface Filters {
  outcome?: 'done' | 'refused';
  actor?: Act['actor']['kind'];
  target?: Act['target']['type'];
  act?: string;
}

/** Who administered what. */
export function Audit() {
  const filters = useSearch({ strict: false }) as Filters;
  const navigate = useNavigate();
  const { project } = useScope();
  const pages = useList('listAuditEvents', {
    query: {
      ...(filters.outcome && { outcome: filters.outcome }),
      ...(filters.actor && { actor_kind: filters.actor }),
      ...(filters.target && { target_type: filters.target }),
    },
  });
  const change = (changes: Record<string, string | undefined>) =>
    void navigate({ to: '.', search: (before) => ({ ...before, ...changes }), replace: true });
  const open = pages.items.find(({ id }) => id === filters.act);
  return (
    <>
      <Filters isUnderTabs label="Audit">
        <Choice
          label="Outcome"
          className="max-sm:grow"
          value={filters.outcome ?? ''}
          options={[
            ['', 'Done and refused'],
            ['done', 'Done'],
            ['refused', 'Refused'],
          ]}
          onChange={(outcome) => change({ outcome: outcome || undefined })}
        />
        <Choice
          label="By"
          className="max-sm:grow"
          value={filters.actor ?? ''}
          options={[
            ['', 'By anybody'],
            ['person', 'By people'],
            ['project', 'By the project’s keys'],
            ['organisation', 'By the organisation’s key'],
            ['system', 'By Patchbay itself'],
          ]}
          onChange={(actor) => change({ actor: actor || undefined })}
        />
        <Choice
          label="On"
          className="max-sm:grow"
          value={filters.target ?? ''}
          options={[
            ['', 'On anything'],
            ...[
              'project',
              'api_key',
              'auth_config',
              'connected_account',
              'toolkit',
              'session',
              'mcp_server',
            ].map((type): [string, string] => [type, type.replaceAll('_', ' ')]),
          ]}
          onChange={(target) => change({ target: target || undefined })}
        />
      </Filters>
      <Table
        label="Audit"
        columns={COLUMNS}
        pages={pages}
        idOf={({ id }) => id}
        nameOf={(act) => `${words(act.action)} by ${by(act)}`}
        onOpen={({ id }) => change({ act: id })}
        empty={
          <Empty icon="shield" title="No act is on the audit">
            Every act of administration in {project.name} is kept here: by whom, on what, from where.
          </Empty>
        }
      />
      {open && (
        <Modal title={words(open.action)} isOpen onClose={() => change({ act: undefined })}>
          <Facts
            facts={[
              ['When', exactly(new Date(open.timestamp))],
              ['Outcome', open.outcome],
              ['By', `${by(open)} (${open.actor.kind})`],
              ['With the key', open.actor.key_id && <Id key="key" value={open.actor.key_id} longest={40} />],
              ['On', <Id key="target" value={open.target.id} longest={48} />],
              ['Of the user', open.target.user_id],
              ['Fields', open.changed.join(', ')],
              ['Why', open.reason],
              ['From', open.client_address],
              ['Request', open.request_id && <Id key="request" value={open.request_id} longest={40} />],
            ]}
          />
        </Modal>
      )}
    </>
  );
}
