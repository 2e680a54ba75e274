import type { Answer } from '@patchbay/client';
import { Link } from '@tanstack/react-router';
import { useApi, useAnswer, usePages, useScope } from '../api/index.js';
import { JsonView } from '../json/index.js';
import {
  CallStatus,
  duration,
  exactly,
  Facts,
  Failure,
  Icon,
  Id,
  Panel,
  Section,
  SkeletonLines,
  Time,
} from '../ui/index.js';
import { CallAgain } from './call-again.js';
import { Timing } from './timing.js';

type Detail = Answer<'getLog'>;

/** One call's whole story. */
export function CallPanel({ id, onClose }: { id: string; onClose: () => void }) {
  const { data, error, refetch } = useAnswer(
    'getLog',
    { path: { id } },
    // What is under way is looked at again until it ends.
    { every: 4_000 },
  );
  return (
    <Panel
      label="Call"
      onClose={onClose}
      title={
        data ? (
          <span className="flex items-center gap-3">
            <CallStatus status={data.status} isBoxed />
            <span className="truncate font-mono font-medium">{data.metadata.tool_slug}</span>
          </span>
        ) : (
          'Call'
        )
      }
    >
      {error && !data ? (
        <Failure error={error} what="The call" onRetry={() => void refetch()} />
      ) : data ? (
        <Story call={data} />
      ) : (
        <SkeletonLines lines={10} />
      )}
    </Panel>
  );
}

function Story({ call }: { call: Detail }) {
  const { metadata, metrics, context, data } = call;
  const response = data.response;
  return (
    <>
      {call.message && (
        <div className="mx-4 mt-4 rounded-lg bg-bad-soft p-3">
          <p className="flex items-center gap-2 text-sm font-medium text-bad">
            <Icon name="failed" size={14} /> Why it failed
          </p>
          <p className="mt-1 max-h-60 overflow-auto text-sm break-words whitespace-pre-wrap">
            {call.message}
          </p>
        </div>
      )}
      <CallAgain call={call} />
      <Section title="Call">
        <Facts
          facts={[
            ['Id', <Id key="id" value={call.id} longest={40} />],
            [
              'Began',
              <span key="began">
                {exactly(new Date(call.timestamp))} (<Time at={call.timestamp} />)
              </span>,
            ],
            ['Took', metrics.duration_ms === undefined ? 'still running' : duration(metrics.duration_ms)],
            [
              'User',
              <Elsewhere key="user" to="calls" search={{ user: metadata.user_id }} text={metadata.user_id} />,
            ],
            [
              'Toolkit',
              <Elsewhere
                key="toolkit"
                to={`toolkits/${encodeURIComponent(metadata.toolkit_slug)}`}
                text={metadata.toolkit_slug}
              />,
            ],
            [
              'Account',
              metadata.connected_account_id && (
                <Elsewhere
                  key="account"
                  to={`accounts/${metadata.connected_account_id}`}
                  text={metadata.connected_account_id}
                  isId
                />
              ),
            ],
            [
              'Session',
              context.session_id && (
                <Elsewhere
                  key="session"
                  to={`sessions/${context.session_id}`}
                  text={context.session_id}
                  isId
                />
              ),
            ],
            [
              'Inside',
              call.parent && (
                <Elsewhere
                  key="parent"
                  to={`calls/${call.parent.log_id}`}
                  text={call.parent.tool_slug}
                  isId
                />
              ),
            ],
            [
              'Request',
              <span key="request" className="flex flex-wrap items-center gap-x-3">
                <Id value={context.request_id} longest={40} />
                <Elsewhere to="calls" search={{ request: context.request_id }} text="All its calls" />
              </span>,
            ],
            ['Trace', context.trace_id && <Id key="trace" value={context.trace_id} longest={40} />],
          ]}
        />
      </Section>
      <Inside call={call} />
      <JsonView title="Arguments" value={data.request} name={`${call.id}-arguments`} />
      {response === null ? (
        <Section title="Answer">
          <p className="text-sm text-soft">
            {call.status === 'running'
              ? 'It has not come yet.'
              : 'Nothing came back, or the project keeps none of it.'}
          </p>
        </Section>
      ) : (
        <JsonView title="Answer" value={response} name={`${call.id}-answer`} />
      )}
    </>
  );
}

/** The time that the call took, and the calls that were made inside of it. */
function Inside({ call }: { call: Detail }) {
  const api = useApi();
  const inside = usePages(['inside', call.id], async (cursor, signal) => {
    const page = await api.request('listLogs', {
      body: {
        limit: 100,
        filters: [{ field: 'request_id', operator: '==', value: call.context.request_id }],
        ...(cursor && { cursor }),
      },
      signal,
    });
    return { items: page.logs, next: page.next_cursor };
  });
  const calls = inside.items.filter(({ parent }) => parent?.log_id === call.id).toReversed();
  return <Timing call={call} inside={calls} />;
}

function Elsewhere(props: { to: string; text: string; search?: Record<string, string>; isId?: boolean }) {
  const { project } = useScope();
  return (
    <Link
      to={`/p/$project/${props.to}` as '/p/$project'}
      params={{ project: project.id }}
      search={props.search ?? {}}
      className={`text-accent underline-offset-2 hover:underline ${props.isId ? 'font-mono' : ''}`}
    >
      <bdi>{props.text.length > 300 ? `${props.text.slice(0, 300)}…` : props.text}</bdi>
    </Link>
  );
}
