import type { Answer } from '@patchbay/client';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useAnswer, usePages, useScope } from '../api/index.js';
import {
  Badge,
  Choice,
  count,
  Empty,
  Failure,
  Filters,
  ListAndPanel,
  PageHead,
  SearchBox,
  SkeletonLines,
  Status,
  Table,
  type Column,
} from '../ui/index.js';
import { ServerPanel } from './server.panel.js';

type Page = Answer<'searchMcpRegistry'>;
type Server = Page['items'][number];

const COLUMNS: Column<Server>[] = [
  {
    header: 'Server',
    width: 'minmax(12rem, 1.4fr)',
    cell: ({ title, name }) => (
      <span className="block min-w-0 truncate">
        <bdi className="font-medium">{title}</bdi> <span className="font-mono text-xs text-soft">{name}</span>
      </span>
    ),
  },
  {
    header: 'What it is for',
    width: 'minmax(8rem, 2fr)',
    hidden: 'middle',
    cell: ({ description }) => <bdi className="text-soft">{description}</bdi>,
  },
  { header: 'Version', width: '6rem', hidden: 'narrow', cell: ({ version }) => version },
  {
    header: 'Reached by',
    width: '9rem',
    hidden: 'narrow',
    cell: ({ ways }) =>
      ways.map((way) => (
        <Badge key={way} className="mr-1">
          {way}
        </Badge>
      )),
  },
  {
    header: 'Here',
    width: '7.5rem',
    cell: ({ refusal, status }) =>
      refusal ? (
        <Status tone="off" word="Not here" />
      ) : status === 'deprecated' ? (
        <Status tone="attention" word="Deprecated" />
      ) : (
        <Status tone="good" word="Can be added" />
      ),
  },
];

/** What the registries of MCP servers have that the operator set up. */
export function McpRegistryPage() {
  const registries = useAnswer('listMcpRegistries', {});
  const search = useSearch({ strict: false }) as { registry?: string };
  const names = registries.data?.items.map(({ name }) => name) ?? [];
  const registry = names.find((name) => name === search.registry) ?? names[0];
  if (registry) return <Registry key={registry} registry={registry} names={names} />;
  return (
    <>
      <PageHead title="MCP registry" />
      {registries.error ? (
        <Failure error={registries.error} what="The registries" onRetry={() => void registries.refetch()} />
      ) : registries.data ? (
        <Empty icon="toolkits" title="No registry is set up">
          The operator names them in PATCHBAY_MCP_REGISTRIES. A toolkit can still be added by the address of
          its server.
        </Empty>
      ) : (
        <SkeletonLines lines={8} />
      )}
    </>
  );
}

function Registry({ registry, names }: { registry: string; names: string[] }) {
  const { api } = useScope();
  const navigate = useNavigate();
  const search = useSearch({ strict: false }) as { search?: string; server?: string };
  const change = (changes: object) =>
    void navigate({ to: '.', search: (before) => ({ ...before, ...changes }), replace: true });
  const pages = usePages(['searchMcpRegistry', registry, search.search], async (cursor, signal) => {
    const page: Page = await api.request('searchMcpRegistry', {
      path: { registry },
      query: { limit: 50, ...(search.search && { search: search.search }), ...(cursor && { cursor }) },
      signal,
    });
    return { items: page.items, next: page.next_cursor };
  });
  return (
    <ListAndPanel
      list={
        <>
          <PageHead
            title="MCP registry"
            note={`Servers that their makers published at the registry ${registry}. Adding one makes it a toolkit of this project.`}
          />
          <Filters label="MCP servers">
            <SearchBox
              label="Search servers"
              value={search.search ?? ''}
              onChange={(text) => change({ search: text || undefined })}
              className="w-full sm:w-72"
            />
            {names.length > 1 && (
              <Choice
                label="Registry"
                className="max-sm:grow"
                value={registry}
                options={names.map((name) => [name, name])}
                onChange={(name) => change({ registry: name, server: undefined })}
              />
            )}
          </Filters>
          <Table
            label="MCP servers"
            columns={COLUMNS}
            pages={pages}
            rowHeight={44}
            idOf={({ name }) => name}
            nameOf={({ title, name }) => `${title}, ${name}`}
            openId={search.server}
            onOpen={({ name }) => change({ server: name })}
            empty={
              <Empty icon="toolkits" title="No server fits">
                {search.search
                  ? 'The registry looks for these words as one piece, in names and descriptions.'
                  : `The registry has ${count(0)} servers that are shown here.`}
              </Empty>
            }
          />
        </>
      }
      panel={
        search.server !== undefined && (
          <ServerPanel
            key={search.server}
            registry={registry}
            server={search.server}
            onClose={() => change({ server: undefined })}
          />
        )
      }
    />
  );
}
