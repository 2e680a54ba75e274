import { useNavigate, useSearch } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useAnswer } from '../api/index.js';
import { Icon, PageHead } from '../ui/index.js';
import { ConnectStep } from './connect-step.js';
import { SessionStep } from './session-step.js';
import { ToolkitStep } from './toolkit-step.js';
import { UseStep } from './use-step.js';
import { WatchStep } from './watch-step.js';

/** What was chosen on the way, in the address. */
export interface Way {
  toolkit?: string | undefined;
  session?: string | undefined;
}

/** The way from nothing to the first call. */
export function StartPage() {
  const way = useSearch({ strict: false }) as Way;
  const navigate = useNavigate();
  const go = (changes: Way) =>
    void navigate({ to: '.', search: (before) => ({ ...before, ...changes }), replace: true });
  const toolkit = useAnswer(
    'getToolkit',
    { path: { slug: way.toolkit ?? '' } },
    { enabled: Boolean(way.toolkit) },
  );
  const session = useAnswer(
    'listSessionToolkits',
    { path: { sessionId: way.session ?? '' }, query: { toolkits: [way.toolkit ?? ''] } },
    { enabled: Boolean(way.session && way.toolkit), every: 4_000 },
  );
  const mine = session.data?.items.find(({ slug }) => slug === way.toolkit);
  const needsAccount = mine ? !mine.is_no_auth : (toolkit.data?.auth_config_details.length ?? 0) > 0;
  const isConnected = mine?.connected_account?.status === 'ACTIVE';
  const isReady = way.session !== undefined && mine !== undefined && (!needsAccount || isConnected);
  return (
    <div className="min-h-0 flex-1 overflow-y-auto">
      <PageHead title="Start here" note="From nothing to the first call of a tool, in a few minutes." />
      <ol className="max-w-3xl px-4 pb-16 sm:px-6">
        <Step at={1} title="Pick a toolkit" isDone={Boolean(way.toolkit)}>
          <ToolkitStep chosen={way.toolkit} onChoose={(slug) => go({ toolkit: slug, session: undefined })} />
        </Step>
        <Step at={2} title="Make a session for a user" isDone={Boolean(way.session)} isWaiting={!way.toolkit}>
          {way.toolkit && (
            <SessionStep toolkit={way.toolkit} session={way.session} onMade={(id) => go({ session: id })} />
          )}
        </Step>
        <Step
          at={3}
          title={needsAccount || !mine ? 'Connect their account' : 'No account is needed'}
          isDone={isReady}
          isWaiting={!way.session}
        >
          {way.session && way.toolkit && mine && needsAccount && (
            <ConnectStep sessionId={way.session} toolkit={mine} isConnected={isConnected} />
          )}
        </Step>
        <Step at={4} title="Use it from your program or client" isDone={false} isWaiting={!isReady}>
          {isReady && way.toolkit && way.session && <UseStep sessionId={way.session} toolkit={way.toolkit} />}
        </Step>
        <Step at={5} title="Watch the first call arrive" isDone={false} isWaiting={!isReady} isLast>
          {isReady && way.session && <WatchStep sessionId={way.session} />}
        </Step>
      </ol>
    </div>
  );
}

function Step(props: {
  at: number;
  title: string;
  isDone: boolean;
  isWaiting?: boolean;
  isLast?: boolean;
  children: ReactNode;
}) {
  const { at, title, isDone, isWaiting = false, isLast = false } = props;
  return (
    <li className="flex gap-4" aria-current={!isDone && !isWaiting ? 'step' : undefined}>
      <div className="flex flex-col items-center">
        <span
          className={`flex size-7 shrink-0 items-center justify-center rounded-full text-sm font-semibold ${
            isDone ? 'bg-good-soft text-good' : isWaiting ? 'bg-hover text-soft' : 'bg-accent text-on-accent'
          }`}
        >
          {isDone ? <Icon name="check" size={14} /> : at}
        </span>
        {!isLast && <span className="my-1 w-px flex-1 bg-line" />}
      </div>
      <div className="min-w-0 flex-1 pb-8">
        <h2 className={`pt-0.5 text-lg font-semibold ${isWaiting ? 'text-soft' : ''}`}>
          {title}
          {isDone && <span className="sr-only"> (done)</span>}
        </h2>
        <div className="mt-3">{props.children}</div>
      </div>
    </li>
  );
}
