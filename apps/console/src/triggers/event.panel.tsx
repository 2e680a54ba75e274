import { useAct, useAnswer, useMay } from '../api/index.js';
import { JsonView } from '../json/index.js';
import {
  Button,
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

/** One event: whose it is, what it holds, and what became of it. */
export function EventPanel({ id, onClose }: { id: string; onClose: () => void }) {
  const { data, error, refetch } = useAnswer('getTriggerEvent', { path: { id } });
  if (!data)
    return (
      <Panel label="Event" title="Event" onClose={onClose}>
        {error ? (
          <Failure error={error} what="The event" onRetry={() => void refetch()} />
        ) : (
          <SkeletonLines lines={8} />
        )}
      </Panel>
    );
  return (
    <Panel
      label="Event"
      onClose={onClose}
      title={<span className="font-medium">{eventName(data.type, data.trigger_slug)}</span>}
    >
      <Section title="Event">
        <Facts
          facts={[
            ['Id', <Id key="id" value={data.id} longest={40} />],
            [
              'Kind',
              <span key="type" className="font-mono break-all">
                {data.type}
              </span>,
            ],
            ['Happened', exactly(new Date(data.timestamp))],
            [
              'Stored',
              <span key="stored">
                {exactly(new Date(data.stored_at))} (<Time at={data.stored_at} />)
              </span>,
            ],
            ['User', data.user_id && <bdi key="user">{data.user_id}</bdi>],
            [
              'Trigger',
              data.trigger_id && (
                <ToTriggers key="trigger" section="instances" item={data.trigger_id}>
                  {data.trigger_id}
                </ToTriggers>
              ),
            ],
            [
              'Account',
              data.connected_account_id && <Id key="ca" value={data.connected_account_id} longest={40} />,
            ],
            ['Cut', data.is_clipped && 'Its data was too large: texts in it end early.'],
          ]}
        />
      </Section>
      <DeliveryOf id={id} />
      <JsonView title="What it holds" value={data.data} name={data.id} />
      {!data.trigger_id && <JsonView title="Metadata" value={data.metadata} name={`${data.id}-metadata`} />}
    </Panel>
  );
}

function DeliveryOf({ id }: { id: string }) {
  const may = useMay('developer');
  const { data, error } = useAnswer(
    'listWebhookDeliveries',
    { query: { event_ids: [id] } },
    { every: 5_000 },
  );
  const resend = useAct('resendWebhookDelivery', { onDone: () => notify('It is sent') });
  return (
    <Section title="On its way to the webhook">
      {error ? (
        <p className="text-sm text-soft">This cannot be had at the moment.</p>
      ) : data?.items.length === 0 ? (
        <div className="flex flex-wrap items-center gap-3 text-sm text-soft">
          No webhook wanted it when it happened.
          <Button
            isSmall
            disabled={!may}
            isBusy={resend.isPending}
            onClick={() => resend.mutate({ path: { id } })}
          >
            Send it now
          </Button>
        </div>
      ) : (
        <ul className="space-y-2 text-sm">
          {data?.items.map((delivery) => (
            <li key={delivery.id} className="flex items-center justify-between gap-4">
              <Status {...deliveryState(delivery)} />
              <ToTriggers section="deliveries" item={delivery.id}>
                Its attempts ({delivery.attempts})
              </ToTriggers>
            </li>
          ))}
        </ul>
      )}
      {resend.error && (
        <p role="alert" className="mt-2 text-sm break-words text-bad">
          {reasonOf(resend.error)}
        </p>
      )}
    </Section>
  );
}
