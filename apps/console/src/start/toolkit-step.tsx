import { useState } from 'react';
import { toolkitSearch, useAnswer } from '../api/index.js';
import { counted, Failure, Icon, Logo, SearchBox, SkeletonLines } from '../ui/index.js';

const SHOWN = 9;

/** The toolkit to begin with. Those that need no account come first: they work at once. */
export function ToolkitStep({
  chosen,
  onChoose,
}: {
  chosen: string | undefined;
  onChoose: (slug: string) => void;
}) {
  const [search, setSearch] = useState('');
  const { data, error, refetch } = useAnswer(
    'listToolkits',
    {
      query: {
        limit: search ? SHOWN : 100,
        sort_by: search ? 'alphabetically' : 'usage',
        ...toolkitSearch(search),
      },
    },
    { keeps: true },
  );
  const one = useAnswer('getToolkit', { path: { slug: chosen ?? '' } }, { enabled: Boolean(chosen) });
  const [isChoosing, setChoosing] = useState(false);
  if (chosen && !isChoosing)
    return (
      <div className="flex items-center gap-3 rounded-lg p-3 ring-1 ring-line ring-inset">
        <Logo src={one.data?.meta.logo} name={one.data?.name ?? chosen} size={28} />
        <span className="min-w-0 flex-1 truncate font-medium">{one.data?.name ?? chosen}</span>
        <button
          type="button"
          onClick={() => setChoosing(true)}
          className="rounded text-sm text-accent hover:underline"
        >
          Choose another
        </button>
      </div>
    );
  const items = (data?.items ?? []).toSorted((a, b) => readiness(b) - readiness(a)).slice(0, SHOWN);
  return (
    <>
      <SearchBox label="Search toolkits" value={search} onChange={setSearch} className="mb-3 w-full" />
      {error && !data ? (
        <Failure error={error} what="The toolkits" onRetry={() => void refetch()} />
      ) : !data ? (
        <SkeletonLines lines={3} />
      ) : items.length === 0 ? (
        <p className="text-soft">No toolkit fits.</p>
      ) : (
        <ul className="grid gap-2 sm:grid-cols-3">
          {items.map(({ slug, name, meta, no_auth }) => (
            <li key={slug}>
              <button
                type="button"
                aria-pressed={slug === chosen}
                onClick={() => {
                  setChoosing(false);
                  onChoose(slug);
                }}
                className="flex w-full items-center gap-3 rounded-lg p-3 text-left ring-1 ring-line transition-colors ring-inset hover:bg-hover aria-pressed:ring-2 aria-pressed:ring-accent"
              >
                <Logo src={meta.logo} name={name} size={28} />
                <span className="min-w-0 flex-1">
                  <span className="block truncate font-medium">{name}</span>
                  <span className="block truncate text-xs text-soft">
                    {counted(meta.tools_count, 'tool')}
                    {no_auth ? ' · no account' : ''}
                  </span>
                </span>
                {slug === chosen && <Icon name="check" className="text-accent" />}
              </button>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

const readiness = (toolkit: { no_auth: boolean; composio_managed_auth_schemes: unknown[] }) =>
  toolkit.no_auth ? 2 : toolkit.composio_managed_auth_schemes.length > 0 ? 1 : 0;
