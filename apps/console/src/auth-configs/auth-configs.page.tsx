import type { Item } from '@patchbay/client';
import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { useList, useMay, useScope } from '../api/index.js';
import { schemeName } from '../schemes/index.js';
import {
  Button,
  count,
  Empty,
  Filters,
  ListAndPanel,
  Logo,
  PageHead,
  SearchBox,
  Status,
  Table,
  Time,
  type Column,
} from '../ui/index.js';
import { AuthConfigPanel } from './auth-config.panel.js';
import { MakeAuthConfig } from './make.js';

type AuthConfig = Item<'listAuthConfigs'>;

const COLUMNS: Column<AuthConfig>[] = [
  {
    header: 'Auth config',
    width: 'minmax(11rem, 1.6fr)',
    cell: ({ toolkit, name }) => (
      <span className="flex items-center gap-2.5">
        <Logo src={toolkit.logo} name={toolkit.slug} />
        <span className="truncate font-medium">{name}</span>
      </span>
    ),
  },
  {
    header: 'Status',
    width: '7rem',
    cell: ({ status }) =>
      status === 'ENABLED' ? <Status tone="good" word="Enabled" /> : <Status tone="off" word="Disabled" />,
  },
  {
    header: 'Signs in by',
    width: 'minmax(6rem, 1fr)',
    hidden: 'narrow',
    cell: ({ auth_scheme }) => schemeName(auth_scheme),
  },
  {
    header: 'App',
    width: '9rem',
    hidden: 'middle',
    cell: ({ is_composio_managed }) => (
      <span className="text-soft">{is_composio_managed ? 'The operator’s' : 'Own'}</span>
    ),
  },
  {
    header: 'Accounts',
    width: '5rem',
    isRight: true,
    hidden: 'narrow',
    cell: ({ no_of_connections }) => count(no_of_connections),
  },
  {
    header: 'Changed',
    width: '6rem',
    isRight: true,
    hidden: 'middle',
    cell: ({ last_updated_at }) => <Time at={last_updated_at} className="text-soft" />,
  },
];

export function AuthConfigsPage() {
  const { config: openId } = useParams({ strict: false }) as { config?: string };
  const search = useSearch({ strict: false }) as { search?: string; toolkit?: string; make?: string };
  const { project } = useScope();
  const may = useMay('developer');
  const navigate = useNavigate();
  const pages = useList('listAuthConfigs', {
    query: {
      show_disabled: true,
      ...(search.search && { search: search.search }),
      ...(search.toolkit && !search.make && { toolkit_slug: [search.toolkit] }),
    },
  });
  const change = (changes: Record<string, string | undefined>) =>
    void navigate({ to: '.', search: (before) => ({ ...before, ...changes }), replace: true });
  const open = (id?: string) =>
    void navigate({
      to: id ? '/p/$project/auth-configs/$config' : '/p/$project/auth-configs',
      params: { project: project.id, config: id ?? '' },
      search: true,
      replace: openId !== undefined && id !== undefined,
    });
  const make = (
    <Button kind="primary" icon="plus" disabled={!may} onClick={() => change({ make: 'yes' })}>
      New auth config
    </Button>
  );
  return (
    <>
      <ListAndPanel
        list={
          <>
            <PageHead title="Auth configs" note="How the accounts of a toolkit sign in, in this project.">
              {make}
            </PageHead>
            <Filters label="Auth configs">
              <SearchBox
                label="Search by name"
                value={search.search ?? ''}
                onChange={(text) => change({ search: text || undefined })}
                className="w-full sm:w-72"
              />
            </Filters>
            <Table
              label="Auth configs"
              columns={COLUMNS}
              pages={pages}
              idOf={({ id }) => id}
              nameOf={({ name, toolkit, status }) => `${name} of ${toolkit.slug}, ${status}`}
              onOpen={({ id }) => open(id)}
              openId={openId}
              empty={
                <Empty
                  icon="authConfigs"
                  title={search.search ? 'No auth config fits' : 'There is none yet'}
                  act={make}
                >
                  A toolkit for which the operator has an app makes its own when the first account is
                  connected. For the others you give an app or a key scheme of yours.
                </Empty>
              }
            />
          </>
        }
        panel={openId !== undefined && <AuthConfigPanel key={openId} id={openId} onClose={() => open()} />}
      />
      {search.make && (
        <MakeAuthConfig
          toolkit={search.toolkit}
          onToolkit={(toolkit) => change({ toolkit })}
          onClose={() => change({ make: undefined, toolkit: undefined })}
          onMade={(id) =>
            void navigate({
              to: '/p/$project/auth-configs/$config',
              params: { project: project.id, config: id },
              search: {},
            })
          }
        />
      )}
    </>
  );
}
