import type { Item } from '@patchbay/client';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { toolkitSearch, useAnswer, useList, useMay, useScope } from '../api/index.js';
import {
  Badge,
  Button,
  Choice,
  count,
  Empty,
  Filters,
  Logo,
  PageHead,
  SearchBox,
  Status,
  Table,
  type Column,
} from '../ui/index.js';
import { schemeNames } from '../schemes/index.js';
import { AddToolkit } from './add-toolkit.js';

type Toolkit = Item<'listToolkits'>;

const COLUMNS: Column<Toolkit>[] = [
  {
    header: 'Toolkit',
    width: 'minmax(10rem, 1.2fr)',
    cell: ({ name, slug, meta }) => (
      <span className="flex items-center gap-3">
        <Logo src={meta.logo} name={name} size={24} />
        <span className="min-w-0 truncate">
          <span className="font-medium">{name}</span>{' '}
          <span className="font-mono text-xs text-soft">{slug}</span>
        </span>
      </span>
    ),
  },
  {
    header: 'What it is for',
    width: 'minmax(8rem, 2fr)',
    hidden: 'middle',
    cell: ({ meta }) => <span className="text-soft">{meta.description}</span>,
  },
  {
    header: 'Categories',
    width: 'minmax(6rem, 1fr)',
    hidden: 'middle',
    cell: ({ meta }) =>
      meta.categories.map(({ id, name }) => (
        <Badge key={id} className="mr-1">
          {name}
        </Badge>
      )),
  },
  {
    header: 'Sign-in',
    width: '9rem',
    hidden: 'narrow',
    cell: ({ no_auth, auth_schemes, composio_managed_auth_schemes: managed }) =>
      no_auth ? (
        <Status tone="good" word="None needed" />
      ) : managed.length > 0 ? (
        <Status tone="good" word="Ready to use" />
      ) : (
        <span className="text-soft">{schemeNames(auth_schemes)}</span>
      ),
  },
  {
    header: 'Tools',
    width: '4rem',
    isRight: true,
    cell: ({ meta, awaits_account: awaits }) => (awaits ? '–' : count(meta.tools_count)),
  },
];

export function ToolkitsPage() {
  const search = useSearch({ strict: false }) as {
    search?: string;
    category?: string;
    type?: string;
    add?: string;
  };
  const may = useMay('developer');
  const { project } = useScope();
  const navigate = useNavigate();
  const categories = useAnswer('listToolkitCategories', {});
  const pages = useList('listToolkits', {
    query: {
      sort_by: 'alphabetically',
      ...toolkitSearch(search.search),
      ...(search.category && { category: search.category }),
      ...(search.type && { type: search.type as 'custom' | 'native' }),
    },
  });
  const change = (changes: object) =>
    void navigate({ to: '.', search: (before) => ({ ...before, ...changes }), replace: true });
  return (
    <>
      <PageHead
        title="Toolkits"
        note={
          pages.total === undefined
            ? 'The tools that sessions may use.'
            : `${count(pages.total)} providers of tools that sessions may use.`
        }
      >
        <Button icon="plus" disabled={!may} onClick={() => change({ add: 'yes' })}>
          Add a toolkit
        </Button>
      </PageHead>
      {search.add && may && (
        <AddToolkit
          onClose={() => change({ add: undefined })}
          onOpen={(toolkit) =>
            void navigate({ to: '/p/$project/toolkits/$toolkit', params: { project: project.id, toolkit } })
          }
        />
      )}
      <Filters label="Toolkits">
        <SearchBox
          label="Search toolkits"
          value={search.search ?? ''}
          onChange={(text) => change({ search: text || undefined })}
          className="w-full sm:w-72"
        />
        <Choice
          label="Category"
          className="max-sm:grow"
          value={search.category ?? ''}
          options={[
            ['', 'All categories'],
            ...(categories.data?.items.map(({ id, name }): [string, string] => [id, name]) ?? []),
          ]}
          onChange={(category) => change({ category: category || undefined })}
        />
        <Choice
          label="Where from"
          className="max-sm:grow"
          value={search.type ?? ''}
          options={[
            ['', 'All'],
            ['native', 'Shipped'],
            ['custom', 'Added by the project'],
          ]}
          onChange={(type) => change({ type: type || undefined })}
        />
      </Filters>
      <Table
        label="Toolkits"
        columns={COLUMNS}
        pages={pages}
        rowHeight={44}
        idOf={({ slug }) => slug}
        nameOf={({ name, meta }) => `${name}, ${meta.tools_count} tools`}
        onOpen={({ slug }) =>
          void navigate({
            to: '/p/$project/toolkits/$toolkit',
            params: { project: project.id, toolkit: slug },
          })
        }
        empty={
          <Empty
            icon="toolkits"
            title="No toolkit fits"
            act={
              <Button onClick={() => change({ search: undefined, category: undefined, type: undefined })}>
                Show all
              </Button>
            }
          >
            A project can add its own from an OpenAPI document, an MCP server, or a registry of those.
          </Empty>
        }
      />
    </>
  );
}
