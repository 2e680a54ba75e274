import { useState } from 'react';
import { useAct, useAnswer, useMay } from '../api/index.js';
import {
  Button,
  Confirm,
  CopyButton,
  Empty,
  exactly,
  Facts,
  Failure,
  Id,
  notify,
  Section,
  SkeletonLines,
  Status,
  Time,
} from '../ui/index.js';
import { Head, ToTriggers } from './frame.js';
import { SubscriptionForm } from './subscription-form.js';
import { SUBSCRIPTIONS, type Webhook } from './words.js';

/** Where the project's events are posted to, which of them, and whether they arrive. */
export function Subscription() {
  const may = useMay('developer');
  const { data, error, refetch } = useAnswer('listWebhookSubscriptions', {}, { every: 10_000 });
  const [isMaking, setMaking] = useState(false);
  const webhook = data?.items[0];
  return (
    <>
      <Head section="webhook" note="Where the project’s events are posted to." />
      <div className="min-h-0 flex-1 overflow-y-auto">
        <div className="max-w-3xl pb-16">
          {webhook ? (
            <Standing webhook={webhook} />
          ) : error ? (
            <Failure error={error} what="The webhook" onRetry={() => void refetch()} />
          ) : !data ? (
            <SkeletonLines lines={6} />
          ) : isMaking ? (
            <Section title="New webhook">
              <SubscriptionForm onDone={() => setMaking(false)} onCancel={() => setMaking(false)} />
            </Section>
          ) : (
            <Empty
              icon="triggers"
              title="Events are posted nowhere"
              act={
                <Button kind="primary" icon="plus" disabled={!may} onClick={() => setMaking(true)}>
                  Set a webhook up
                </Button>
              }
            >
              A webhook is an https address of yours. Each event is posted there, signed, at least once, and
              tried again for a day.
            </Empty>
          )}
        </div>
      </div>
    </>
  );
}

function Standing({ webhook }: { webhook: Webhook }) {
  const may = useMay('developer');
  const [asking, setAsking] = useState<'rotate' | 'delete' | 'change'>();
  const rotate = useAct('rotateWebhookSecret', { onDone: () => notify('The secret is another one') });
  const remove = useAct('deleteWebhookSubscription');
  const path = { id: webhook.id };
  const close = () => setAsking(undefined);
  const state = SUBSCRIPTIONS[webhook.status];
  return (
    <>
      <Section
        title="Webhook"
        actions={
          <ToTriggers section="deliveries">
            <span className="text-sm">Deliveries</span>
          </ToTriggers>
        }
      >
        <p className="mb-3 flex flex-wrap items-center gap-3">
          <Status tone={state.tone} word={state.word} isBoxed />
          <span className="text-sm text-soft">{state.advice}</span>
        </p>
        {webhook.last_error && webhook.status !== 'active' && (
          <p className="mb-3 max-h-40 overflow-auto rounded-lg bg-bad-soft p-3 text-sm break-words whitespace-pre-wrap">
            {webhook.last_error}
          </p>
        )}
        <Facts
          facts={[
            ['Id', <Id key="id" value={webhook.id} longest={40} />],
            [
              'Address',
              <span key="url" className="font-mono break-all">
                {webhook.webhook_url}
              </span>,
            ],
            ['Version', webhook.version],
            [
              'Events',
              <ul key="events" className="font-mono text-sm break-all">
                {webhook.enabled_events.map((type) => (
                  <li key={type}>{type}</li>
                ))}
              </ul>,
            ],
            ['Failing since', webhook.failing_since && exactly(new Date(webhook.failing_since))],
            [
              'Last arrival',
              webhook.last_delivered_at ? <Time key="last" at={webhook.last_delivered_at} /> : 'none yet',
            ],
            ['Secret', webhook.secret && <Secret key="secret" value={webhook.secret} />],
          ]}
        />
        {may ? (
          <div className="mt-4 flex flex-wrap gap-2">
            <Button icon="pencil" onClick={() => setAsking('change')}>
              Change
            </Button>
            <Button kind="danger" icon="refresh" onClick={() => setAsking('rotate')}>
              Rotate the secret
            </Button>
            <Button kind="danger" icon="trash" onClick={() => setAsking('delete')}>
              Delete
            </Button>
          </div>
        ) : (
          <p className="mt-3 text-xs text-soft">Your role may look at it, and change nothing.</p>
        )}
      </Section>
      {asking === 'change' && (
        <Section title="Change it">
          <SubscriptionForm webhook={webhook} onDone={close} onCancel={close} />
        </Section>
      )}
      <Confirm
        isOpen={asking === 'rotate'}
        onClose={close}
        title="Rotate the webhook’s secret"
        loss="The old secret signs nothing any more, from the next attempt on: your receiver refuses what comes until it has the new one. What it refuses is tried again for a day."
        deed="Rotate the secret"
        act={() => rotate.mutateAsync({ path })}
      />
      <Confirm
        isOpen={asking === 'delete'}
        onClose={close}
        title="Delete the webhook"
        loss="What waits to be delivered goes with it, and nothing is posted any more. Its secret is destroyed. Events are still kept and can be watched. This cannot be undone."
        deed="Delete the webhook"
        act={() => remove.mutateAsync({ path })}
      />
    </>
  );
}

function Secret({ value }: { value: string }) {
  const [isShown, setShown] = useState(false);
  return (
    <span className="flex flex-wrap items-center gap-2">
      <code className="min-w-0 font-mono text-sm break-all">{isShown ? value : 'whsec_••••••••'}</code>
      <Button kind="quiet" isSmall aria-pressed={isShown} onClick={() => setShown(!isShown)}>
        {isShown ? 'Hide' : 'Show'}
      </Button>
      <CopyButton text={value} label="Copy the secret" />
    </span>
  );
}
