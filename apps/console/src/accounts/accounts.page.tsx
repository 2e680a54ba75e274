import type { Item, QueryOf } from '@patchbay/client';
import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { useList, useScope } from '../api/index.js';
import {
  AccountStatus,
  Badge,
  Button,
  Choice,
  count,
  Empty,
  Filters,
  ListAndPanel,
  Logo,
  Only,
  PageHead,
  SearchBox,
  Table,
  Time,
  type Column,
} from '../ui/index.js';
import { AccountPanel } from './account.panel.js';

type Account = Item<'listConnectedAccounts'>;

const COLUMNS: Column<Account>[] = [
  {
    header: 'Account',
    width: 'minmax(10rem, 1.6fr)',
    cell: ({ toolkit, alias, word_id }) => (
      <span className="flex items-center gap-2.5">
        <Logo name={toolkit.slug} size={20} />
        <span className="max-w-28 shrink-0 truncate font-medium">{toolkit.slug}</span>
        <bdi className="truncate text-soft">{alias ?? word_id}</bdi>
      </span>
    ),
  },
  {
    header: 'Status',
    width: '10rem',
    cell: ({ status, is_disabled }) => <AccountStatus status={status} isDisabled={is_disabled} />,
  },
  {
    header: 'User',
    width: 'minmax(5rem, 1.2fr)',
    hidden: 'narrow',
    cell: ({ user_id }) => <bdi>{user_id}</bdi>,
  },
  {
    header: 'Why',
    width: 'minmax(6rem, 1.6fr)',
    hidden: 'middle',
    cell: ({ status_reason, experimental }) => (
      <span className="text-soft">
        {experimental.account_type === 'SHARED' && <Badge className="mr-2">Shared</Badge>}
        {status_reason ?? ''}
      </span>
    ),
  },
  {
    header: 'Changed',
    width: '6rem',
    isRight: true,
    hidden: 'narrow',
    cell: ({ updated_at }) => <Time at={updated_at} className="text-soft" />,
  },
];

type Statuses = NonNullable<QueryOf<'listConnectedAccounts'>['statuses']>;

/** What may be filtered by, in the address. */
interface Filters {
  user?: string;
  toolkit?: string;
  status?: string;
  config?: string;
}

export function AccountsPage() {
  const { account: openId } = useParams({ strict: false }) as { account?: string };
  const filters = useSearch({ strict: false }) as Filters;
  const { project } = useScope();
  const navigate = useNavigate();
  const pages = useList(
    'listConnectedAccounts',
    {
      query: {
        account_type: 'ALL',
        order_by: 'updated_at',
        order_direction: 'desc',
        ...(filters.user && { user_ids: [filters.user] }),
        ...(filters.toolkit && { toolkit_slugs: [filters.toolkit] }),
        ...(filters.status && { statuses: [filters.status] as Statuses }),
        ...(filters.config && { auth_config_ids: [filters.config] }),
      },
    },
    { every: 20_000 },
  );
  const change = (changes: Partial<Record<keyof Filters, string | undefined>>) =>
    void navigate({ to: '.', search: (before) => ({ ...before, ...changes }), replace: true });
  const open = (id?: string) =>
    void navigate({
      to: id ? '/p/$project/accounts/$account' : '/p/$project/accounts',
      params: { project: project.id, account: id ?? '' },
      search: true,
      replace: openId !== undefined && id !== undefined,
    });
  const isFiltered = Object.values(filters).some(Boolean);
  return (
    <ListAndPanel
      list={
        <>
          <PageHead
            title="Accounts"
            note={
              pages.total === undefined
                ? 'Users’ sign-ins at toolkits.'
                : `${count(pages.total)} sign-ins of users at toolkits.`
            }
          >
            <Button
              icon="plus"
              onClick={() => void navigate({ to: '/p/$project/start', params: { project: project.id } })}
            >
              Connect one
            </Button>
          </PageHead>
          <Filters label="Accounts">
            <SearchBox
              label="User"
              value={filters.user ?? ''}
              onChange={(user) => change({ user: user || undefined })}
              className="w-full sm:w-48"
            />
            <SearchBox
              label="Toolkit"
              value={filters.toolkit ?? ''}
              onChange={(toolkit) => change({ toolkit: toolkit.toLowerCase() || undefined })}
              className="w-[calc(50%-0.25rem)] sm:w-40"
            />
            <Choice
              label="Status"
              value={filters.status ?? ''}
              options={[
                ['', 'Any status'],
                ['ACTIVE', 'Active'],
                ['INITIATED', 'Waiting for sign-in'],
                ['EXPIRED', 'Expired'],
                ['FAILED', 'Failed'],
                ['REVOKED', 'Revoked'],
                ['INACTIVE', 'Inactive'],
              ]}
              onChange={(status) => change({ status: status || undefined })}
            />
            <Only name="auth config" value={filters.config} onClear={() => change({ config: undefined })} />
          </Filters>
          <Table
            label="Accounts"
            columns={COLUMNS}
            pages={pages}
            idOf={({ id }) => id}
            nameOf={({ toolkit, user_id, status }) => `${toolkit.slug} of ${user_id}, ${status}`}
            onOpen={({ id }) => open(id)}
            openId={openId}
            empty={
              isFiltered ? (
                <Empty
                  icon="filter"
                  title="No account fits these filters"
                  act={
                    <Button
                      onClick={() =>
                        change({ user: undefined, toolkit: undefined, status: undefined, config: undefined })
                      }
                    >
                      Clear the filters
                    </Button>
                  }
                >
                  Users and toolkits are looked for by their whole id.
                </Empty>
              ) : (
                <Empty
                  icon="accounts"
                  title="Nobody has connected an account yet"
                  act={
                    <Button
                      kind="primary"
                      icon="start"
                      onClick={() =>
                        void navigate({ to: '/p/$project/start', params: { project: project.id } })
                      }
                    >
                      Connect the first one
                    </Button>
                  }
                >
                  An account is one user’s sign-in at one toolkit. It works in all their sessions.
                </Empty>
              )
            }
          />
        </>
      }
      panel={openId !== undefined && <AccountPanel key={openId} id={openId} onClose={() => open()} />}
    />
  );
}
