import type { QueryOf } from '@patchbay/client';
import { useMemo, useState } from 'react';
import { useList } from '../api/index.js';
import { LiveWord, useLiveEvents, type TriggerEvent } from '../live/index.js';
import { eventsSnippet } from '../snippets/index.js';
import {
  Button,
  Choice,
  Empty,
  Filters,
  ListAndPanel,
  Only,
  SearchBox,
  Snippet,
  Switch,
  Table,
  Time,
  type Column,
} from '../ui/index.js';
import { EventPanel } from './event.panel.js';
import { Head } from './frame.js';
import { useFilters, useOpened } from './places.js';
import { EVENT_TYPES, eventName } from './words.js';

type Kinds = NonNullable<QueryOf<'listTriggerEvents'>['event_types']>;

const COLUMNS: Column<TriggerEvent>[] = [
  {
    header: 'Event',
    width: 'minmax(11rem, 2fr)',
    cell: ({ type, trigger_slug }) => (
      <span className={trigger_slug ? 'font-mono' : 'font-medium'}>{eventName(type, trigger_slug)}</span>
    ),
  },
  {
    header: 'User',
    width: 'minmax(5rem, 1fr)',
    hidden: 'narrow',
    cell: ({ user_id }) => <bdi>{user_id}</bdi>,
  },
  {
    header: 'Trigger',
    width: 'minmax(6rem, 1fr)',
    hidden: 'middle',
    cell: ({ trigger_id }) => <span className="font-mono text-soft">{trigger_id}</span>,
  },
  {
    header: 'When',
    width: '5rem',
    isRight: true,
    cell: ({ timestamp }) => <Time at={timestamp} className="text-soft" />,
  },
];

/** What triggers saw and what the platform tells, as it happens. */
export function Events() {
  const { openId, open } = useOpened('events');
  const { filters, change, clear, isFiltered } = useFilters<
    'user' | 'slug' | 'kind' | 'trigger' | 'search' | 'live'
  >();
  const query = {
    ...(filters.kind && { event_types: [filters.kind] as Kinds }),
    ...(filters.trigger && { trigger_ids: [filters.trigger] }),
    ...(filters.slug && { trigger_slugs: [filters.slug] }),
    ...(filters.user && { user_ids: [filters.user] }),
  };
  const pages = useList('listTriggerEvents', {
    query: { ...query, ...(filters.search && { search: filters.search }) },
  });
  // What happens is not searched.
  const isLive = filters.live !== 'off' && !filters.search;
  const live = useLiveEvents(query, isLive);
  const [merged, fresh] = useMemo(() => {
    const known = new Set(pages.items.map(({ id }) => id));
    const came = live.events.filter(({ id }) => !known.has(id));
    return [[...came, ...pages.items], new Set(came.slice(0, 5).map(({ id }) => id))];
  }, [live.events, pages.items]);
  const [snippet] = useState(() => eventsSnippet(window.location.origin));
  return (
    <ListAndPanel
      list={
        <>
          <Head section="events" note="What triggers saw, and what the platform tells by itself.">
            <LiveWord state={live.state} />
            <Switch
              label="Live"
              isOn={isLive}
              isDisabled={Boolean(filters.search)}
              onChange={(isOn) => change({ live: isOn ? undefined : 'off' })}
            />
          </Head>
          <Filters isUnderTabs label="Events">
            <SearchBox
              label="Search what they hold"
              value={filters.search ?? ''}
              onChange={(search) => change({ search: search.slice(0, 200) || undefined })}
              className="w-full sm:w-52"
            />
            <SearchBox
              label="User"
              value={filters.user ?? ''}
              onChange={(user) => change({ user: user || undefined })}
              className="w-[calc(50%-0.25rem)] sm:w-36"
            />
            <Choice
              label="Kind"
              value={filters.kind ?? ''}
              options={[['', 'Any kind'], ...EVENT_TYPES]}
              onChange={(kind) => change({ kind: kind || undefined })}
              className="max-w-[calc(50%-0.25rem)] sm:max-w-52"
            />
            <Only name="trigger" value={filters.trigger} onClear={() => change({ trigger: undefined })} />
            <Only name="type" value={filters.slug} onClear={() => change({ slug: undefined })} />
          </Filters>
          <Table
            label="Events"
            columns={COLUMNS}
            pages={{ ...pages, items: merged }}
            idOf={({ id }) => id}
            nameOf={(event) => `${eventName(event.type, event.trigger_slug)}, ${event.id}`}
            onOpen={({ id }) => open(id)}
            openId={openId}
            fresh={fresh}
            empty={
              isFiltered ? (
                <Empty
                  icon="filter"
                  title="No event fits these filters"
                  act={<Button onClick={clear}>Clear the filters</Button>}
                >
                  {isLive ? 'One that does appears here as it happens.' : 'Reload to see newer ones.'}
                </Empty>
              ) : (
                <Empty
                  icon="triggers"
                  title="Nothing has happened yet"
                  act={
                    <div className="w-full max-w-2xl text-left">
                      <Snippet label="Command" text={snippet} />
                    </div>
                  }
                >
                  What a trigger sees is here as it happens. The same is sent to a webhook, and to whoever
                  listens:
                </Empty>
              )
            }
          />
        </>
      }
      panel={openId !== undefined && <EventPanel key={openId} id={openId} onClose={() => open()} />}
    />
  );
}
