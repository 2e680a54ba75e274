import { useWholeList } from '../api/index.js';
import { Badge, Empty, Filters, ListAndPanel, Logo, SearchBox, Table, type Column } from '../ui/index.js';
import { Head } from './frame.js';
import { useFilters, useOpened } from './places.js';
import { TypePanel } from './type.panel.js';
import type { TriggerType } from './words.js';

const COLUMNS: Column<TriggerType>[] = [
  {
    header: 'Type',
    width: 'minmax(11rem, 1.4fr)',
    cell: ({ toolkit, name }) => (
      <span className="flex items-center gap-2.5">
        <Logo src={toolkit.logo} name={toolkit.slug} size={20} />
        <span className="truncate font-medium">{name}</span>
      </span>
    ),
  },
  {
    header: 'Toolkit',
    width: 'minmax(5rem, 0.6fr)',
    hidden: 'narrow',
    cell: ({ toolkit }) => toolkit.name,
  },
  {
    header: 'What it sees',
    width: 'minmax(8rem, 2fr)',
    hidden: 'middle',
    cell: ({ description }) => <span className="text-soft">{description}</span>,
  },
  {
    header: 'Comes by',
    width: '7rem',
    cell: ({ type, is_available }) =>
      is_available ? type === 'poll' ? 'Polling' : 'Push' : <Badge>Not here</Badge>,
  },
];

const fits = ({ slug, name, description, toolkit }: TriggerType, words: string[]) => {
  const text = `${slug} ${name} ${description} ${toolkit.slug} ${toolkit.name}`.toLowerCase();
  return words.every((word) => text.includes(word));
};

/** All that can be watched, by toolkit. */
export function Types() {
  const { openId, open } = useOpened('types');
  const { filters, change } = useFilters<'search' | 'toolkit'>();
  const pages = useWholeList('listTriggerTypes', {
    query: { limit: 200, ...(filters.toolkit && { toolkit_slugs: [filters.toolkit] }) },
  });
  const words = (filters.search ?? '').toLowerCase().split(/\s+/).filter(Boolean);
  return (
    <ListAndPanel
      list={
        <>
          <Head section="types" note="What can be watched. Open one to make a trigger of it." />
          <Filters isUnderTabs label="Trigger types">
            <SearchBox
              label="Search types"
              value={filters.search ?? ''}
              onChange={(search) => change({ search: search || undefined })}
              className="w-full sm:w-72"
            />
            <SearchBox
              label="Toolkit"
              value={filters.toolkit ?? ''}
              onChange={(toolkit) => change({ toolkit: toolkit.toLowerCase() || undefined })}
              className="w-full sm:w-40"
            />
          </Filters>
          <Table
            label="Trigger types"
            columns={COLUMNS}
            pages={{ ...pages, items: pages.items.filter((type) => fits(type, words)) }}
            idOf={({ slug }) => slug}
            nameOf={({ name, toolkit }) => `${name} of ${toolkit.name}`}
            onOpen={({ slug }) => open(slug)}
            openId={openId}
            empty={
              <Empty icon="triggers" title="No type fits">
                Types belong to toolkits: not every toolkit has some.
              </Empty>
            }
          />
        </>
      }
      panel={openId !== undefined && <TypePanel key={openId} slug={openId} onClose={() => open()} />}
    />
  );
}
