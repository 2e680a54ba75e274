import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { useApi, usePages, useScope } from '../api/index.js';
import {
  Choice,
  Empty,
  Filters,
  ListAndPanel,
  PageHead,
  Panel,
  SearchBox,
  Table,
  type Column,
} from '../ui/index.js';
import { readFound, type Found } from './found.js';
import { SearchTuning } from './search-tuning.js';
import { UnusedSearches } from './unused-searches.js';
import { Reasons } from './why-found.js';

const COLUMNS: Column<Found>[] = [
  {
    header: 'Tool',
    width: 'minmax(12rem, 1.4fr)',
    cell: ({ tool }) => <span className="font-mono">{tool.slug}</span>,
  },
  {
    header: 'Words it has',
    width: 'minmax(6rem, 1.2fr)',
    hidden: 'middle',
    cell: ({ why }) => <span className="text-soft">{why?.words.map(({ word }) => word).join(', ')}</span>,
  },
  { header: 'Score', width: '4rem', isRight: true, cell: ({ why }) => why?.score.toFixed(3) },
];

/** What a sentence finds, and why; and what agents looked for in vain. */
export function ToolSearchPage() {
  const { tool: openSlug } = useParams({ strict: false }) as { tool?: string };
  const { q = '', view = 'try' } = useSearch({ strict: false }) as { q?: string; view?: string };
  const { project } = useScope();
  const api = useApi();
  const navigate = useNavigate();
  const query = { search: q };
  const pages = usePages(['found', query], (cursor, signal) => readFound(api, query, cursor, signal), {
    enabled: q !== '',
  });
  const change = (changes: Record<string, string | undefined>) =>
    void navigate({
      to: '/p/$project/search',
      params: { project: project.id },
      search: { q, view, ...changes } as Record<string, string>,
      replace: true,
    });
  const open = (slug?: string) =>
    void navigate({
      to: slug ? '/p/$project/search/$tool' : '/p/$project/search',
      params: { project: project.id, tool: slug ?? '' },
      search: true,
      replace: openSlug !== undefined && slug !== undefined,
    });
  const opened = pages.items.find(({ tool }) => tool.slug === openSlug);
  return (
    <ListAndPanel
      list={
        <>
          <PageHead title="Tool search" note="What a sentence finds, and why." />
          <Filters label="Tools">
            <Choice
              label="Show"
              value={view}
              options={[
                ['try', 'A sentence of mine'],
                ['unused', 'Searches that led to no call'],
              ]}
              onChange={(value) => change({ view: value === 'try' ? undefined : value })}
              className="max-w-none"
            />
            {view === 'try' && (
              <SearchBox
                label="What is to be done"
                value={q}
                onChange={(text) => change({ q: text || undefined })}
                className="w-full sm:w-96"
              />
            )}
          </Filters>
          {view === 'unused' ? (
            <UnusedSearches />
          ) : q === '' ? (
            <Empty icon="search" title="Try a sentence">
              Say what is to be done, as an agent would: “open an issue about a bug”.
            </Empty>
          ) : (
            <Table
              label="Tools that fit"
              columns={COLUMNS}
              pages={pages}
              idOf={({ tool }) => tool.slug}
              nameOf={({ tool }) => `Why ${tool.slug}`}
              onOpen={({ tool }) => open(tool.slug)}
              openId={openSlug}
              empty={
                <Empty icon="search" title="No tool fits">
                  Other words may find one. A tool that should be found can be given them as an alias, on its
                  page.
                </Empty>
              }
            />
          )}
        </>
      }
      panel={
        opened && (
          <Panel
            label="Why it was found"
            title={<span className="font-mono text-sm">{opened.tool.slug}</span>}
            onClose={() => open()}
          >
            {opened.why && <Reasons why={opened.why} sentence={q} />}
            <SearchTuning slug={opened.tool.slug} toolkit={opened.tool.toolkit.slug} />
          </Panel>
        )
      }
    />
  );
}
