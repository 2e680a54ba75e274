import { Link } from '@tanstack/react-router';
import { useScope } from '../api/index.js';
import { JsonView } from '../json/index.js';
import { duration, Icon, Status } from '../ui/index.js';
import type { Step, ToolStep } from './run.js';

/** One thing that was said or done. Whoever said it: it is text. */
export function StepView({ step }: { step: Step }) {
  if (step.kind === 'call') return <CallStep step={step} />;
  if (step.kind === 'ending')
    return (
      <p className={`flex items-start gap-2 text-sm break-words ${step.isBad ? 'text-bad' : 'text-soft'}`}>
        <Icon name={step.isBad ? 'failed' : 'off'} size={14} className="mt-0.5 shrink-0" />
        <span className="min-w-0">{step.text}</span>
      </p>
    );
  const isUser = step.kind === 'user';
  return (
    <div className={isUser ? 'flex justify-end' : ''}>
      <div
        className={`max-w-[46rem] min-w-0 break-words whitespace-pre-wrap ${isUser ? 'rounded-xl bg-accent-soft px-4 py-2' : ''}`}
      >
        <span className="sr-only">{isUser ? 'You: ' : 'The model: '}</span>
        <bdi>{step.text}</bdi>
      </div>
    </div>
  );
}

function CallStep({ step: { id, tool, arguments: given, result } }: { step: ToolStep }) {
  const { project } = useScope();
  return (
    <details className="group/step rounded-lg ring-1 ring-line ring-inset">
      <summary className="flex items-center gap-3 rounded-lg px-3 py-2 text-sm hover:bg-hover">
        <Icon
          name="right"
          size={12}
          className="shrink-0 text-soft transition-transform group-open/step:rotate-90"
        />
        <span className="min-w-0 flex-1 truncate font-mono">{tool}</span>
        {result ? (
          <>
            <span className="num text-soft">{duration(result.duration_ms)}</span>
            <Status
              tone={result.successful ? 'good' : 'bad'}
              word={result.successful ? 'Succeeded' : 'Failed'}
            />
          </>
        ) : (
          <Status tone="wait" word="Running" />
        )}
      </summary>
      <div className="border-t border-line">
        {result?.error && (
          <p className="px-4 pt-3 text-sm break-words whitespace-pre-wrap text-bad sm:px-6">{result.error}</p>
        )}
        <JsonView title="Arguments" value={given} name={`${id}-arguments`} />
        {result && (
          <JsonView
            title={result.is_clipped ? 'Answer, its beginning' : 'Answer'}
            value={result.data}
            name={`${id}-answer`}
          />
        )}
        {result?.log_id && (
          <p className="px-4 pb-4 text-sm sm:px-6">
            <Link
              to="/p/$project/calls/$call"
              params={{ project: project.id, call: result.log_id }}
              className="text-accent hover:underline"
            >
              The call on record
            </Link>
          </p>
        )}
      </div>
    </details>
  );
}
