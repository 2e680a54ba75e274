import type { QueryOf } from '@patchbay/client';
import { useList } from '../api/index.js';
import { triggerSnippet } from '../snippets/index.js';
import { BY_THEMSELVES, stateOf, type Trigger } from '../trigger-states/index.js';
import {
  Button,
  buttonClass,
  Choice,
  Empty,
  Filters,
  ListAndPanel,
  Logo,
  SearchBox,
  Snippet,
  Status,
  Table,
  Time,
  type Column,
} from '../ui/index.js';
import { Head, ToTriggers } from './frame.js';
import { InstancePanel } from './instance.panel.js';
import { useFilters, useOpened } from './places.js';

const COLUMNS: Column<Trigger>[] = [
  {
    header: 'Trigger',
    width: 'minmax(11rem, 2fr)',
    cell: ({ toolkit_slug, trigger_name }) => (
      <span className="flex items-center gap-2.5">
        <Logo name={toolkit_slug} size={20} />
        <span className="truncate font-mono">{trigger_name}</span>
      </span>
    ),
  },
  { header: 'State', width: '7rem', cell: (trigger) => <Status {...stateOf(trigger)} /> },
  {
    header: 'User',
    width: 'minmax(5rem, 1fr)',
    hidden: 'narrow',
    cell: ({ user_id }) => <bdi>{user_id}</bdi>,
  },
  {
    header: 'Last error',
    width: 'minmax(6rem, 1.4fr)',
    hidden: 'middle',
    cell: ({ last_error }) => <span className="text-soft">{last_error ?? ''}</span>,
  },
  {
    header: 'Polled',
    width: '5rem',
    isRight: true,
    hidden: 'middle',
    cell: ({ last_polled_at, type }) =>
      last_polled_at ? (
        <Time at={last_polled_at} className="text-soft" />
      ) : (
        <span className="text-soft">{type === 'webhook' ? 'pushed' : '–'}</span>
      ),
  },
  {
    header: 'Last event',
    width: '5.5rem',
    isRight: true,
    hidden: 'narrow',
    cell: ({ last_event_at }) =>
      last_event_at ? (
        <Time at={last_event_at} className="text-soft" />
      ) : (
        <span className="text-soft">–</span>
      ),
  },
];

/** Which triggers a list is of. */
const STATES: Record<string, QueryOf<'listTriggers'>> = {
  '': { show_disabled: true },
  enabled: {},
  disabled: { disabled_reasons: ['by_developer'] },
  stopped: { disabled_reasons: [...BY_THEMSELVES] },
};

/** What is watched, for whom, and how each stands. */
export function Instances() {
  const { openId, open } = useOpened('instances');
  const { filters, change, clear, isFiltered } = useFilters<'user' | 'toolkit' | 'type' | 'state'>();
  const pages = useList(
    'listTriggers',
    {
      query: {
        ...STATES[filters.state ?? ''],
        ...(filters.user && { user_ids: [filters.user] }),
        ...(filters.toolkit && { toolkit_slugs: [filters.toolkit] }),
        ...(filters.type && { trigger_names: [filters.type] }),
      },
    },
    { every: 10_000 },
  );
  return (
    <ListAndPanel
      list={
        <>
          <Head section="instances" note="What is watched at providers, for which users.">
            <ToTriggers section="types" className={buttonClass('primary')}>
              New trigger
            </ToTriggers>
          </Head>
          <Filters isUnderTabs label="Triggers">
            <SearchBox
              label="User"
              value={filters.user ?? ''}
              onChange={(user) => change({ user: user || undefined })}
              className="w-full sm:w-44"
            />
            <SearchBox
              label="Type"
              value={filters.type ?? ''}
              onChange={(type) => change({ type: type.toUpperCase() || undefined })}
              className="w-[calc(50%-0.25rem)] sm:w-56"
            />
            <Choice
              label="State"
              value={filters.state ?? ''}
              options={[
                ['', 'Any state'],
                ['enabled', 'Enabled'],
                ['disabled', 'Disabled by hand'],
                ['stopped', 'Stopped by itself'],
              ]}
              onChange={(state) => change({ state: state || undefined })}
            />
          </Filters>
          <Table
            label="Triggers"
            columns={COLUMNS}
            pages={pages}
            idOf={({ id }) => id}
            nameOf={(trigger) => `${trigger.trigger_name} of ${trigger.user_id}, ${stateOf(trigger).word}`}
            onOpen={({ id }) => open(id)}
            openId={openId}
            empty={
              isFiltered ? (
                <Empty
                  icon="filter"
                  title="No trigger fits these filters"
                  act={<Button onClick={clear}>Clear the filters</Button>}
                >
                  Users and types are looked for by their whole id.
                </Empty>
              ) : (
                <Empty
                  icon="triggers"
                  title="Nothing is watched yet"
                  act={
                    <>
                      <ToTriggers section="types" className={buttonClass('primary')}>
                        Choose what to watch
                      </ToTriggers>
                      <div className="w-full max-w-2xl text-left">
                        <Snippet
                          label="Command"
                          text={triggerSnippet({
                            baseUrl: window.location.origin,
                            slug: 'GITHUB_COMMIT_EVENT',
                            userId: 'user_a',
                            config: { owner: 'octocat', repo: 'hello-world' },
                          })}
                        />
                      </div>
                    </>
                  }
                >
                  A trigger watches something at a provider with a user’s account, and tells what it sees.
                </Empty>
              )
            }
          />
        </>
      }
      panel={openId !== undefined && <InstancePanel key={openId} id={openId} onClose={() => open()} />}
    />
  );
}
