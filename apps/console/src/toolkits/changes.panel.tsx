import type { Item } from '@patchbay/client';
import { useState } from 'react';
import { useAct, useAnswer, useList, useMay } from '../api/index.js';
import { Differences } from '../differences/index.js';
import {
  Button,
  Confirm,
  Failure,
  Panel,
  reasonOf,
  Section,
  SkeletonLines,
  Status,
  type Tone,
} from '../ui/index.js';

type Change = Item<'listCustomToolkitChanges'>;

const KINDS: Record<Change['change'], [tone: Tone, word: string]> = {
  added: ['wait', 'New'],
  changed: ['attention', 'Changed'],
  removed: ['off', 'Gone'],
};

/** What the source of a toolkit says now beside what is approved, and whether that is let through. */
export function ChangesPanel({ slug, onClose }: { slug: string; onClose: () => void }) {
  const may = useMay('developer');
  const toolkit = useAnswer('getCustomToolkit', { path: { slug } });
  const pages = useList('listCustomToolkitChanges', { path: { slug }, query: { limit: 20 } });
  const [isAsking, setAsking] = useState(false);
  const approve = useAct('approveCustomToolkit');
  const refuse = useAct('refuseCustomToolkit', { onDone: onClose });
  const { data } = toolkit;
  const isMoved = pages.items.some(({ subject }) => subject === 'settings');
  return (
    <Panel
      label="Changed definition"
      onClose={onClose}
      title={<span className="font-medium">What changed in {data?.name ?? slug}</span>}
    >
      <div className="px-4 pt-4 sm:px-6">
        <p className="max-w-prose text-soft">
          {data?.has_refused
            ? 'This was refused: the approved definition is served. Approving lets it through after all.'
            : 'Its source says something else than what is approved. New tools wait and changed ones are served as they were, until somebody decides.'}
        </p>
        {may && pages.items.length > 0 && (
          <div className="mt-4 flex flex-wrap gap-2">
            <Button
              kind="primary"
              icon="check"
              isBusy={approve.isPending}
              onClick={() =>
                isMoved ? setAsking(true) : approve.mutate({ path: { slug } }, { onSuccess: onClose })
              }
            >
              Approve it
            </Button>
            {!data?.has_refused && (
              <Button
                icon="close"
                isBusy={refuse.isPending}
                onClick={() => refuse.mutate({ path: { slug } })}
              >
                Refuse it
              </Button>
            )}
          </div>
        )}
        {(approve.error ?? refuse.error) && (
          <p role="alert" className="mt-3 text-sm break-words text-bad">
            {reasonOf(approve.error ?? refuse.error)}
          </p>
        )}
      </div>
      {pages.error && pages.items.length === 0 ? (
        <Failure error={pages.error} what="What changed" onRetry={pages.reload} />
      ) : pages.isPending ? (
        <SkeletonLines lines={8} />
      ) : pages.items.length === 0 ? (
        <p className="px-4 py-6 text-sm text-soft sm:px-6">Nothing differs: all of it is approved.</p>
      ) : (
        <>
          {pages.items.map((change) => (
            <One key={`${change.subject} ${change.tool_slug}`} change={change} />
          ))}
          {pages.hasMore && (
            <div className="px-4 pb-6 sm:px-6">
              <Button isBusy={pages.isLoadingMore} onClick={pages.loadMore}>
                Show more
              </Button>
            </div>
          )}
        </>
      )}
      <Confirm
        isOpen={isAsking}
        onClose={() => setAsking(false)}
        title={`Approve another address or sign-in for ${slug}`}
        loss="Calls and credentials go where the source says from then on. If that is another host, its accounts expire and its headers are forgotten: they were given for the old one."
        deed="Approve it all"
        act={() => approve.mutateAsync({ path: { slug } }).then(onClose)}
      />
    </Panel>
  );
}

function One({ change }: { change: Change }) {
  const [tone, word] = KINDS[change.change];
  return (
    <Section
      title={change.subject === 'settings' ? 'Where calls and credentials go' : (change.tool_slug ?? '')}
      actions={<Status tone={tone} word={word} />}
    >
      {change.change === 'removed' ? (
        <p className="text-sm text-soft">
          Its source names it no more. It is not served, whatever is decided here.
        </p>
      ) : (
        <Differences before={change.approved ?? {}} after={change.latest ?? {}} />
      )}
    </Section>
  );
}
