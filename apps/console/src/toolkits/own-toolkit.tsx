import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useAct, useAnswer, useMay, useScope } from '../api/index.js';
import { Button, Confirm, counted, Icon, Modal, reasonOf } from '../ui/index.js';
import { ImportReport, type Report } from './import-report.js';

const SOURCES = { openapi: 'OpenAPI document', mcp: 'MCP server', stdio: 'Program' };

/** Of a toolkit that the project added: where it comes from, what waits, and what can be done about it. */
export function OwnToolkit({ slug, onReview }: { slug: string; onReview: () => void }) {
  const { data } = useAnswer('getCustomToolkit', { path: { slug } }, { every: 15_000 });
  const { project } = useScope();
  const may = useMay('developer');
  const navigate = useNavigate();
  const [report, setReport] = useState<Report>();
  const [isAsking, setAsking] = useState(false);
  const read = useAct('refreshCustomToolkit', { onDone: setReport, timeoutMs: 60_000 });
  const remove = useAct('deleteCustomToolkit');
  if (!data) return null;
  const { held_back: held, has_refused: hasRefused, problem, source } = data;
  const waiting =
    held && held.added.length + held.changed.length + held.removed.length + (held.settings ? 1 : 0);
  return (
    <div className="mt-3 space-y-2 text-sm">
      {(waiting || hasRefused) && (
        <div className="flex flex-wrap items-center justify-between gap-2 rounded-lg bg-wait-soft px-3 py-2">
          <span className="flex min-w-0 items-center gap-2">
            <Icon name="attention" size={14} className="text-wait" />
            {waiting
              ? `${counted(waiting, 'change waits', 'changes wait')} to be looked at.`
              : 'A change was refused and is not served.'}
          </span>
          <Button isSmall onClick={onReview}>
            See what changed
          </Button>
        </div>
      )}
      {(problem ?? read.error) && (
        <p role="alert" className="rounded-lg bg-bad-soft px-3 py-2 break-words">
          Its source could not be read last time: {read.error ? reasonOf(read.error) : problem}
        </p>
      )}
      <div className="flex flex-wrap items-center gap-2">
        <span className="min-w-0 flex-1 truncate text-xs text-soft">
          {SOURCES[source.type]} <bdi className="font-mono">{source.url ?? 'given as a file'}</bdi>
        </span>
        {may && source.url && (
          <Button
            isSmall
            icon="refresh"
            isBusy={read.isPending}
            onClick={() => read.mutate({ path: { slug } })}
          >
            Read it again
          </Button>
        )}
        {may && (
          <Button isSmall kind="danger" icon="trash" onClick={() => setAsking(true)}>
            Delete
          </Button>
        )}
      </div>
      {report && (
        <Modal title="What came of reading it again" isOpen onClose={() => setReport(undefined)}>
          <p className="mb-3 text-soft">
            {report.toolkit.held_back
              ? 'It differs from what is approved: look at what changed.'
              : 'It is what is approved.'}
          </p>
          <ImportReport report={report} />
        </Modal>
      )}
      <Confirm
        isOpen={isAsking}
        onClose={() => setAsking(false)}
        title={`Delete the toolkit ${slug}`}
        loss="Its auth configs and accounts go with it, revoked first where the provider can be told. Sessions lose its tools. This cannot be undone."
        deed="Delete the toolkit and its accounts"
        act={() =>
          remove
            .mutateAsync({ path: { slug } })
            .then(() => navigate({ to: '/p/$project/toolkits', params: { project: project.id } }))
        }
      />
    </div>
  );
}
