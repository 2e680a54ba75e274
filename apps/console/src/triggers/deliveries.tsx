import type { QueryOf } from '@patchbay/client';
import { useList } from '../api/index.js';
import {
  Button,
  buttonClass,
  Choice,
  Empty,
  Filters,
  ListAndPanel,
  Only,
  SearchBox,
  Status,
  Table,
  Time,
  type Column,
} from '../ui/index.js';
import { DeliveryPanel } from './delivery.panel.js';
import { Head, ToTriggers } from './frame.js';
import { useFilters, useOpened } from './places.js';
import { deliveryState, eventName, type Delivery } from './words.js';

type States = NonNullable<QueryOf<'listWebhookDeliveries'>['status']>;

const COLUMNS: Column<Delivery>[] = [
  {
    header: 'Event',
    width: 'minmax(11rem, 2fr)',
    cell: ({ event_type, trigger_slug }) => (
      <span className={trigger_slug ? 'font-mono' : 'font-medium'}>
        {eventName(event_type, trigger_slug)}
      </span>
    ),
  },
  { header: 'State', width: '8rem', cell: (delivery) => <Status {...deliveryState(delivery)} /> },
  {
    header: 'User',
    width: 'minmax(5rem, 1fr)',
    hidden: 'narrow',
    cell: ({ user_id }) => <bdi>{user_id}</bdi>,
  },
  {
    header: 'What was wrong',
    width: 'minmax(6rem, 1.4fr)',
    hidden: 'middle',
    cell: ({ error }) => <span className="text-soft">{error ?? ''}</span>,
  },
  { header: 'Attempts', width: '4.5rem', isRight: true, hidden: 'middle', cell: ({ attempts }) => attempts },
  {
    header: 'Next',
    width: '4.5rem',
    isRight: true,
    hidden: 'middle',
    cell: ({ next_attempt_at }) => next_attempt_at && <Time at={next_attempt_at} className="text-soft" />,
  },
  {
    header: 'Made',
    width: '5rem',
    isRight: true,
    hidden: 'narrow',
    cell: ({ created_at }) => <Time at={created_at} className="text-soft" />,
  },
];

/** What became of events on their way to the webhook. */
export function Deliveries() {
  const { openId, open } = useOpened('deliveries');
  const { filters, change, clear, isFiltered } = useFilters<'status' | 'user' | 'trigger' | 'slug'>();
  const pages = useList(
    'listWebhookDeliveries',
    {
      query: {
        ...(filters.status && { status: [filters.status] as States }),
        ...(filters.user && { user_ids: [filters.user] }),
        ...(filters.trigger && { trigger_ids: [filters.trigger] }),
        ...(filters.slug && { trigger_slugs: [filters.slug] }),
      },
    },
    { every: 5_000 },
  );
  return (
    <ListAndPanel
      list={
        <>
          <Head
            section="deliveries"
            note="Events on their way to the project’s webhook, with each attempt."
          />
          <Filters isUnderTabs label="Deliveries">
            <SearchBox
              label="User"
              value={filters.user ?? ''}
              onChange={(user) => change({ user: user || undefined })}
              className="w-full sm:w-44"
            />
            <Choice
              label="State"
              value={filters.status ?? ''}
              options={[
                ['', 'Any state'],
                ['waiting', 'Waiting'],
                ['delivered', 'Delivered'],
                ['failed', 'Failed'],
              ]}
              onChange={(status) => change({ status: status || undefined })}
            />
            <Only name="trigger" value={filters.trigger} onClear={() => change({ trigger: undefined })} />
            <Only name="type" value={filters.slug} onClear={() => change({ slug: undefined })} />
          </Filters>
          <Table
            label="Deliveries"
            columns={COLUMNS}
            pages={pages}
            idOf={({ id }) => id}
            nameOf={(delivery) =>
              `${eventName(delivery.event_type, delivery.trigger_slug)}, ${deliveryState(delivery).word}`
            }
            onOpen={({ id }) => open(id)}
            openId={openId}
            empty={
              isFiltered ? (
                <Empty
                  icon="filter"
                  title="No delivery fits these filters"
                  act={<Button onClick={clear}>Clear the filters</Button>}
                />
              ) : (
                <Empty
                  icon="triggers"
                  title="Nothing was posted yet"
                  act={
                    <ToTriggers section="webhook" className={buttonClass('primary')}>
                      Set the webhook up
                    </ToTriggers>
                  }
                >
                  Events that a webhook wants are posted to it, signed, and tried again for a day.
                </Empty>
              )
            }
          />
        </>
      }
      panel={openId !== undefined && <DeliveryPanel key={openId} id={openId} onClose={() => open()} />}
    />
  );
}
