import type { Answer } from '@patchbay/client';
import { useAct, useAnswer, useMay } from '../api/index.js';
import {
  Button,
  CopyButton,
  duration,
  exactly,
  Facts,
  Failure,
  Id,
  notify,
  Panel,
  reasonOf,
  Section,
  SkeletonLines,
  Status,
  Time,
} from '../ui/index.js';
import { ToTriggers } from './frame.js';
import { deliveryState, eventName } from './words.js';

type Attempt = Answer<'getWebhookDelivery'>['attempt_list'][number];

/** One event's way to the webhook, attempt by attempt. */
export function DeliveryPanel({ id, onClose }: { id: string; onClose: () => void }) {
  const may = useMay('developer');
  const { data, error, refetch } = useAnswer('getWebhookDelivery', { path: { id } }, { every: 5_000 });
  const resend = useAct('resendWebhookDelivery', { onDone: () => notify('It is sent again') });
  if (!data)
    return (
      <Panel label="Delivery" title="Delivery" onClose={onClose}>
        {error ? (
          <Failure error={error} what="The delivery" onRetry={() => void refetch()} />
        ) : (
          <SkeletonLines lines={8} />
        )}
      </Panel>
    );
  return (
    <Panel
      label="Delivery"
      onClose={onClose}
      title={
        <span className="flex items-center gap-3">
          <Status {...deliveryState(data)} isBoxed />
          <span className="truncate font-medium">{eventName(data.event_type, data.trigger_slug)}</span>
        </span>
      }
    >
      <div className="px-4 pt-4 sm:px-6">
        {data.error && <p className="mb-3 text-sm break-words text-bad">{data.error}</p>}
        <Button
          icon="refresh"
          disabled={!may}
          isBusy={resend.isPending}
          onClick={() => resend.mutate({ path: { id } })}
        >
          Send again
        </Button>
        {resend.error && (
          <p role="alert" className="mt-3 text-sm break-words text-bad">
            {reasonOf(resend.error)}
          </p>
        )}
      </div>
      <Section title="Delivery">
        <Facts
          facts={[
            ['Id', <Id key="id" value={data.id} longest={40} />],
            [
              'Event',
              <ToTriggers key="event" section="events" item={data.event_id}>
                {data.event_id}
              </ToTriggers>,
            ],
            [
              'Trigger',
              data.trigger_id && (
                <ToTriggers key="trigger" section="instances" item={data.trigger_id}>
                  {data.trigger_id}
                </ToTriggers>
              ),
            ],
            ['User', data.user_id && <bdi key="user">{data.user_id}</bdi>],
            ['Made', exactly(new Date(data.created_at))],
            ['Next attempt', data.next_attempt_at && <Time key="next" at={data.next_attempt_at} />],
            ['Ended', data.finished_at && exactly(new Date(data.finished_at))],
          ]}
        />
      </Section>
      <Section title={`Attempts (${data.attempts})`}>
        {data.attempt_list.length === 0 ? (
          <p className="text-sm text-soft">None yet.</p>
        ) : (
          <ol className="divide-y divide-line/60">
            {data.attempt_list.toReversed().map((attempt, at) => (
              <AttemptRow key={attempt.number} attempt={attempt} isOpen={at === 0} />
            ))}
          </ol>
        )}
      </Section>
      <Section title="What is posted" actions={<CopyButton text={data.body} />}>
        <Text label="What is posted" text={data.body} />
      </Section>
    </Panel>
  );
}

function AttemptRow({ attempt, isOpen }: { attempt: Attempt; isOpen: boolean }) {
  const { number, at, response_status: status, error } = attempt;
  const isGood = status !== null && status >= 200 && status < 300 && !error;
  return (
    <li>
      <details open={isOpen} className="py-2">
        <summary className="cursor-pointer text-sm">
          <span className="inline-flex w-[calc(100%-1.5rem)] items-center justify-between gap-3">
            <span className="inline-flex min-w-0 items-center gap-3">
              <span className="num text-soft">{number}</span>
              <Status tone={isGood ? 'good' : 'bad'} word={status === null ? 'No answer' : String(status)} />
              <span className="num text-soft">{duration(attempt.duration_ms)}</span>
            </span>
            <Time at={at} className="text-soft" />
          </span>
        </summary>
        {error && <p className="mt-2 text-sm break-words text-bad">{error}</p>}
        <h3 className="mt-3 mb-1 text-xs font-medium text-soft">Request, {attempt.version}</h3>
        <Text
          label={`Request of attempt ${number}`}
          text={`POST ${attempt.url}\n${headersOf(attempt.request_headers)}`}
        />
        {status !== null && (
          <>
            <h3 className="mt-3 mb-1 text-xs font-medium text-soft">Answer</h3>
            <Text
              label={`Answer of attempt ${number}`}
              text={`${status}\n${headersOf(attempt.response_headers ?? {})}\n\n${attempt.response_body ?? ''}`.trim()}
            />
          </>
        )}
      </details>
    </li>
  );
}

const headersOf = (headers: Record<string, string>) =>
  Object.entries(headers)
    .map(([name, value]) => `${name}: ${value}`)
    .join('\n');

/** What somebody else wrote, as it is. */
function Text({ label, text }: { label: string; text: string }) {
  return (
    <pre
      tabIndex={0}
      role="group"
      aria-label={label}
      className="max-h-80 overflow-auto rounded-lg bg-back p-3 font-mono text-sm leading-5 break-words whitespace-pre-wrap ring-1 ring-line ring-inset"
    >
      {text}
    </pre>
  );
}
