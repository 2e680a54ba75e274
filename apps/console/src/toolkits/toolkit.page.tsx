import type { Item } from '@patchbay/client';
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { useAnswer, useList, useScope } from '../api/index.js';
import {
  Badge,
  buttonClass,
  count,
  Empty,
  Failure,
  Filters,
  ListAndPanel,
  Logo,
  SearchBox,
  SkeletonLines,
  Table,
  type Column,
} from '../ui/index.js';
import { schemeNames } from '../schemes/index.js';
import { ChangesPanel } from './changes.panel.js';
import { OwnToolkit } from './own-toolkit.js';
import { qualityWords } from './quality-words.js';
import { ToolPanel } from './tool.panel.js';

type Tool = Item<'listTools'>;

const HINTS: Record<string, string> = {
  readOnlyHint: 'Reads',
  destructiveHint: 'Destroys',
  updateHint: 'Changes',
  createHint: 'Creates',
  important: 'Important',
};

const COLUMNS: Column<Tool>[] = [
  {
    header: 'Tool',
    width: 'minmax(12rem, 1.4fr)',
    cell: ({ slug }) => <span className="font-mono">{slug}</span>,
  },
  {
    header: 'What it does',
    width: 'minmax(8rem, 2fr)',
    hidden: 'narrow',
    cell: ({ description }) => <span className="text-soft">{description}</span>,
  },
  {
    header: 'Hints',
    width: 'minmax(5rem, 10rem)',
    hidden: 'middle',
    cell: ({ tags, is_deprecated }) => (
      <>
        {is_deprecated && <Badge className="mr-1">Deprecated</Badge>}
        {tags
          .filter((tag) => HINTS[tag])
          .slice(0, 2)
          .map((tag) => (
            <Badge key={tag} className="mr-1">
              {HINTS[tag]}
            </Badge>
          ))}
      </>
    ),
  },
];

export function ToolkitPage() {
  const { toolkit: slug = '', tool } = useParams({ strict: false }) as { toolkit?: string; tool?: string };
  const { search, review } = useSearch({ strict: false }) as { search?: string; review?: string };
  const { project } = useScope();
  const navigate = useNavigate();
  const toolkit = useAnswer('getToolkit', { path: { slug } });
  const tools = useList('listTools', { query: { toolkit_slug: slug, ...(search && { search }) } });
  const open = (to?: string) =>
    void navigate({
      to: to ? '/p/$project/toolkits/$toolkit/$tool' : '/p/$project/toolkits/$toolkit',
      params: { project: project.id, toolkit: slug, tool: to ?? '' },
      search: search ? { search } : {},
      replace: tool !== undefined && to !== undefined,
    });
  const showReview = (isShown: boolean) =>
    void navigate({
      to: '/p/$project/toolkits/$toolkit',
      params: { project: project.id, toolkit: slug },
      search: (before) => ({ ...before, review: isShown ? 'yes' : undefined }),
    });
  const { data } = toolkit;
  const awaitsAccount =
    data && data.auth_config_details.length > 0 && (data.awaits_account || data.meta.tools_count === 0);
  if (toolkit.error && !data)
    return <Failure error={toolkit.error} what="The toolkit" onRetry={() => void toolkit.refetch()} />;
  return (
    <ListAndPanel
      list={
        <>
          <div className="px-4 pt-4 pb-3 sm:px-6">
            {data ? (
              <>
                <div className="flex items-start gap-3">
                  <Logo src={data.meta.logo} name={data.name} size={40} />
                  <div className="min-w-0 flex-1">
                    <h1 className="truncate text-xl font-semibold">{data.name}</h1>
                    <p className="line-clamp-2 text-sm break-words text-soft">{data.meta.description}</p>
                  </div>
                  <Link
                    to="/p/$project/start"
                    params={{ project: project.id }}
                    search={{ toolkit: slug }}
                    className={`${buttonClass('primary')} max-sm:hidden`}
                  >
                    Use it
                  </Link>
                </div>
                <p className="mt-3 flex flex-wrap items-center gap-x-4 gap-y-1 text-xs text-soft">
                  <span>
                    {awaitsAccount
                      ? 'Tools come with the first account'
                      : `${count(data.meta.tools_count)} tools`}
                  </span>
                  <span>Version {data.meta.version}</span>
                  <span>
                    {data.auth_config_details.length === 0
                      ? 'No account needed'
                      : `Signs in by ${schemeNames(data.auth_config_details.map(({ mode }) => mode))}`}
                  </span>
                  {data.composio_managed_auth_schemes.length > 0 && <span>The operator’s app is ready</span>}
                  {data.meta.categories.map(({ slug: id, name }) => (
                    <Badge key={id}>{name}</Badge>
                  ))}
                </p>
                {data.quality && <p className="mt-2 text-xs text-soft">{qualityWords(data.quality)}</p>}
                {(data.type === 'custom' ||
                  (data.quality?.grade === 'vendor_mcp' && !data.awaits_account)) && (
                  <OwnToolkit slug={slug} onReview={() => showReview(true)} />
                )}
              </>
            ) : (
              <SkeletonLines lines={3} />
            )}
          </div>
          <Filters label="Tools">
            <SearchBox
              label="Search its tools"
              value={search ?? ''}
              onChange={(text) =>
                void navigate({
                  to: '.',
                  search: (before) => ({ ...before, search: text || undefined }),
                  replace: true,
                })
              }
              className="w-full sm:w-72"
            />
          </Filters>
          <Table
            label="Tools"
            columns={COLUMNS}
            pages={tools}
            idOf={(row) => row.slug}
            nameOf={(row) => row.name}
            onOpen={(row) => open(row.slug)}
            openId={tool}
            empty={
              search ? (
                <Empty icon="toolkits" title="No tool fits">
                  Other words may find it.
                </Empty>
              ) : awaitsAccount ? (
                <Empty
                  icon="accounts"
                  title="Its tools come with the first account"
                  act={
                    <Link
                      to="/p/$project/start"
                      params={{ project: project.id }}
                      search={{ toolkit: slug }}
                      className={buttonClass('primary')}
                    >
                      Connect an account
                    </Link>
                  }
                >
                  Its server tells them to who has one. Where one is connected, they wait to be approved.
                </Empty>
              ) : (
                <Empty icon="toolkits" title="It has no tools">
                  Its source named none, or they are not approved yet.
                </Empty>
              )
            }
          />
        </>
      }
      panel={
        tool === undefined ? (
          review && <ChangesPanel slug={slug} onClose={() => showReview(false)} />
        ) : (
          <ToolPanel key={tool} slug={tool} onClose={() => open()} />
        )
      }
    />
  );
}
