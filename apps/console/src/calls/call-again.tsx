import type { Answer } from '@patchbay/client';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useAct, useAnswer, useMay, useScope } from '../api/index.js';
import { Button, Modal, reasonOf, Status } from '../ui/index.js';
import { againOf } from './again.js';

type Detail = Answer<'getLog'>;

/** Makes the same call once more, by hand, after saying what that does. */
export function CallAgain({ call }: { call: Detail }) {
  const may = useMay('developer');
  const [isOpen, setOpen] = useState(false);
  const again = againOf(call);
  if (!may || call.status === 'running') return null;
  return (
    <div className="px-4 pt-4 sm:px-6">
      {again.isPossible ? (
        <Button icon="refresh" onClick={() => setOpen(true)}>
          Call it again
        </Button>
      ) : (
        <p className="text-xs text-soft">{again.why}</p>
      )}
      {isOpen && <Ask call={call} onClose={() => setOpen(false)} />}
    </div>
  );
}

function Ask({ call, onClose }: { call: Detail; onClose: () => void }) {
  const { metadata, context, data } = call;
  const slug = metadata.tool_slug;
  const { project } = useScope();
  const tool = useAnswer('getTool', { path: { slug } });
  const inSession = useAct('executeSessionTool', { timeoutMs: 60_000 });
  const direct = useAct('executeTool', { timeoutMs: 60_000 });
  const tags = tool.data?.tags ?? [];
  const destroys = tags.includes('destructiveHint');
  const reads = tags.includes('readOnlyHint');
  const given = (data.request ?? {}) as Record<string, unknown>;
  const run = context.session_id ? inSession : direct;
  const start = () =>
    context.session_id
      ? inSession.mutate({
          path: { sessionId: context.session_id },
          body: { tool_slug: slug, arguments: given },
        })
      : direct.mutate({
          path: { slug },
          body: {
            user_id: metadata.user_id,
            arguments: given,
            ...(metadata.connected_account_id && { connected_account_id: metadata.connected_account_id }),
          },
        });
  const answer = run.data;
  return (
    <Modal
      title={`Call ${slug} again`}
      description={
        <>
          A new call with the same arguments, as{' '}
          <bdi className="font-medium text-ink">{metadata.user_id.slice(0, 80)}</bdi>
          {context.session_id
            ? ', in the same session as it is now, with the account that it would use now.'
            : metadata.connected_account_id
              ? ', with the same account.'
              : '.'}
        </>
      }
      isOpen
      onClose={onClose}
    >
      {answer ? (
        <>
          <Status tone={answer.error ? 'bad' : 'good'} word={answer.error ? 'Failed' : 'Succeeded'} isBoxed />
          {answer.error && <p className="mt-2 text-sm break-words whitespace-pre-wrap">{answer.error}</p>}
        </>
      ) : (
        <p
          className={`flex items-start gap-2 rounded-lg p-3 text-sm ${destroys ? 'bg-bad-soft' : 'bg-back'}`}
        >
          <span>
            {tool.isPending
              ? 'Looking at what it does.'
              : destroys
                ? 'It destroys something at the provider. What is gone cannot be brought back from here.'
                : reads
                  ? 'It only reads.'
                  : 'It may change something at the provider: if the first call did it, it may be done twice.'}
          </span>
        </p>
      )}
      {run.error && (
        <p role="alert" className="mt-3 rounded-lg bg-bad-soft p-3 text-sm break-words">
          {reasonOf(run.error)}
        </p>
      )}
      <div className="mt-4 flex justify-end gap-2">
        <Button onClick={onClose}>{answer ? 'Close' : 'Cancel'}</Button>
        {answer?.log_id ? (
          <Link
            to="/p/$project/calls/$call"
            params={{ project: project.id, call: answer.log_id }}
            search={true}
            onClick={onClose}
            className="inline-flex h-8 items-center rounded-lg bg-accent px-3 text-sm font-medium text-on-accent"
          >
            Open the new call
          </Link>
        ) : (
          <Button
            kind={destroys ? 'danger' : 'primary'}
            isBusy={run.isPending}
            disabled={tool.isPending}
            onClick={start}
          >
            {destroys ? 'Call it again and destroy' : 'Call it again'}
          </Button>
        )}
      </div>
    </Modal>
  );
}
