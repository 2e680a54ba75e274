import type { Answer } from '@patchbay/client';
import { useState } from 'react';
import { useAct, useAnswer, useList } from '../api/index.js';
import { Button, Failure, Modal, reasonOf, SearchBox, Section, SkeletonLines } from '../ui/index.js';

type Config = Answer<'getAuthConfig'>;

/** Which scopes users are asked for: those that chosen tools need, or the toolkit's own. */
export function Scopes({ config, may }: { config: Config; may: boolean }) {
  const [isOpen, setOpen] = useState(false);
  const chosen = config.tool_access_config.tools_for_connected_account_creation;
  const own = config.credentials['scopes'];
  return (
    <Section
      title="Scopes"
      actions={
        may && (
          <Button isSmall icon="pencil" onClick={() => setOpen(true)}>
            Choose by tools
          </Button>
        )
      }
    >
      <p className="text-sm text-soft">
        {own
          ? 'These are asked for:'
          : chosen.length > 0
            ? `Users are asked for the least that ${chosen.length} chosen tools need.`
            : 'Users are asked for what the toolkit asks for by itself.'}
      </p>
      {own && <p className="mt-1 font-mono text-sm break-all">{own}</p>}
      {isOpen && <ChooseTools config={config} chosen={chosen} onClose={() => setOpen(false)} />}
    </Section>
  );
}

function ChooseTools(props: { config: Config; chosen: string[]; onClose: () => void }) {
  const { config, onClose } = props;
  const slug = config.toolkit.slug;
  const [search, setSearch] = useState('');
  const [chosen, setChosen] = useState(() => new Set(props.chosen));
  const tools = useList('listTools', {
    query: { toolkit_slug: slug, limit: 200, ...(search && { search }) },
  });
  const list = [...chosen].toSorted();
  const scopes = useAnswer(
    'recommendScopes',
    { path: { slug }, body: { tools: list } },
    { enabled: list.length > 0, keeps: true },
  );
  const update = useAct('updateAuthConfig', { onDone: onClose });
  const needed = list.length > 0 ? scopes.data?.scopes.least_privilege : [];
  const toggle = (tool: string) =>
    setChosen((before) => {
      const next = new Set(before);
      if (!next.delete(tool)) next.add(tool);
      return next;
    });
  return (
    <Modal
      title="Scopes by tools"
      description="Users who connect from now on are asked for what these tools need. With none chosen, for what the toolkit asks for by itself."
      isOpen
      isWide
      onClose={onClose}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          update.mutate({
            path: { id: config.id },
            body: {
              type: config.type,
              // What was named by hand comes before tools: it goes.
              ...(config.credentials['scopes'] && { scopes: null }),
              tool_access_config: { tools_for_connected_account_creation: list },
            },
          });
        }}
      >
        <SearchBox label="Search its tools" value={search} onChange={setSearch} className="mb-3 w-full" />
        {tools.error && tools.items.length === 0 ? (
          <Failure error={tools.error} what="The tools" onRetry={tools.reload} />
        ) : tools.isPending ? (
          <SkeletonLines />
        ) : (
          <fieldset className="max-h-64 overflow-y-auto rounded-lg p-1 ring-1 ring-line ring-inset">
            <legend className="sr-only">Tools</legend>
            {tools.items.map((tool) => (
              <label
                key={tool.slug}
                className="flex items-start gap-2 rounded-md px-2 py-1.5 text-sm hover:bg-hover"
              >
                <input
                  type="checkbox"
                  className="mt-0.5 size-4 shrink-0 accent-accent"
                  checked={chosen.has(tool.slug)}
                  onChange={() => toggle(tool.slug)}
                />
                <span className="min-w-0">
                  <span className="font-mono break-all">{tool.slug}</span>
                  <span className="block font-mono text-xs break-all text-soft">
                    {tool.scopes.join(' ') || 'names no scope'}
                  </span>
                </span>
              </label>
            ))}
            {tools.hasMore && (
              <Button isSmall className="m-1" isBusy={tools.isLoadingMore} onClick={tools.loadMore}>
                Show more
              </Button>
            )}
          </fieldset>
        )}
        <div aria-live="polite" className="my-4 text-sm">
          <p className="font-medium">{list.length} chosen, which need</p>
          {scopes.error && list.length > 0 ? (
            <p className="break-words text-bad">{reasonOf(scopes.error)}</p>
          ) : (
            <p className="mt-1 font-mono break-all text-soft">
              {needed === undefined ? '…' : needed.join(' ') || 'no scope of their own'}
            </p>
          )}
        </div>
        {update.error && (
          <p role="alert" className="mb-3 rounded-lg bg-bad-soft p-3 text-sm break-words">
            {reasonOf(update.error)}
          </p>
        )}
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" kind="primary" isBusy={update.isPending}>
            Ask for these
          </Button>
        </div>
      </form>
    </Modal>
  );
}
