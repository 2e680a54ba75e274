import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useAct, useAnswer, useMay, useScope } from '../api/index.js';
import { JsonView } from '../json/index.js';
import { REASONS, stateOf, type Trigger } from '../trigger-states/index.js';
import {
  Button,
  Confirm,
  Empty,
  exactly,
  Facts,
  Failure,
  Id,
  Panel,
  reasonOf,
  Section,
  SkeletonLines,
  Status,
  Time,
} from '../ui/index.js';
import { ToTriggers } from './frame.js';

/** One trigger: how it stands and why, what it saw last, and what can be done about it. */
export function InstancePanel({ id, onClose }: { id: string; onClose: () => void }) {
  const { data, error, refetch } = useAnswer(
    'listTriggers',
    { query: { trigger_ids: [id], show_disabled: true, limit: 1 } },
    { every: 5_000 },
  );
  const trigger = data?.items[0];
  if (!trigger)
    return (
      <Panel label="Trigger" title="Trigger" onClose={onClose}>
        {error ? (
          <Failure error={error} what="The trigger" onRetry={() => void refetch()} />
        ) : data ? (
          <Empty icon="triggers" title="This trigger is not there">
            It was deleted, or is another project’s. Its events may still be kept.
          </Empty>
        ) : (
          <SkeletonLines lines={8} />
        )}
      </Panel>
    );
  const state = stateOf(trigger);
  return (
    <Panel
      label="Trigger"
      onClose={onClose}
      title={
        <span className="flex items-center gap-3">
          <Status {...state} isBoxed />
          <span className="truncate font-mono">{trigger.trigger_name}</span>
        </span>
      }
    >
      <div className="px-4 pt-4 sm:px-6">
        <p>
          {trigger.disabled_reason
            ? REASONS[trigger.disabled_reason]
            : trigger.type === 'poll'
              ? 'The provider is asked again and again for what is new.'
              : 'The provider tells of what is new by itself.'}
        </p>
        {trigger.last_error && (
          <p className="mt-2 max-h-40 overflow-auto rounded-lg bg-bad-soft p-3 text-sm break-words whitespace-pre-wrap">
            {trigger.last_error}
          </p>
        )}
        <Acts trigger={trigger} onDeleted={onClose} />
      </div>
      <About trigger={trigger} />
      <LastEvents id={id} />
      <JsonView title="Settings" value={trigger.trigger_config} name={trigger.id} />
    </Panel>
  );
}

function Acts({ trigger, onDeleted }: { trigger: Trigger; onDeleted: () => void }) {
  const may = useMay('developer');
  const [isAsking, setAsking] = useState(false);
  const setStatus = useAct('setTriggerStatus');
  const remove = useAct('deleteTrigger');
  const path = { id: trigger.id };
  if (!may) return <p className="mt-3 text-xs text-soft">Your role may look at it, and change nothing.</p>;
  const isOff = trigger.disabled_at !== null;
  return (
    <div className="mt-4">
      <div className="flex flex-wrap gap-2">
        <Button
          icon={isOff ? 'play' : 'pause'}
          kind={isOff ? 'primary' : 'plain'}
          isBusy={setStatus.isPending}
          onClick={() => setStatus.mutate({ path, body: { status: isOff ? 'enable' : 'disable' } })}
        >
          {isOff ? 'Enable' : 'Disable'}
        </Button>
        <Button kind="danger" icon="trash" onClick={() => setAsking(true)}>
          Delete
        </Button>
      </div>
      {setStatus.error && (
        <p role="alert" className="mt-3 text-sm break-words text-bad">
          {reasonOf(setStatus.error)}
        </p>
      )}
      <Confirm
        isOpen={isAsking}
        onClose={() => setAsking(false)}
        title={`Delete ${trigger.trigger_name} of ${trigger.user_id.slice(0, 80)}`}
        loss="It sees nothing any more, and where it stood at the provider is forgotten: one made again begins from then. Its hook at the provider is removed, as far as the provider lets us. Its events stay as long as events are kept. This cannot be undone."
        deed="Delete the trigger"
        act={() => remove.mutateAsync({ path }).then(onDeleted)}
      />
    </div>
  );
}

function About({ trigger }: { trigger: Trigger }) {
  const { project } = useScope();
  const when = (at: string | null) =>
    at && (
      <span>
        {exactly(new Date(at))} (<Time at={at} />)
      </span>
    );
  return (
    <Section title="Trigger">
      <Facts
        facts={[
          ['Id', <Id key="id" value={trigger.id} longest={40} />],
          ['User', <bdi key="user">{trigger.user_id}</bdi>],
          [
            'Type',
            <ToTriggers key="type" section="types" item={trigger.trigger_name}>
              {trigger.trigger_name}
            </ToTriggers>,
          ],
          [
            'Account',
            <Link
              key="account"
              to="/p/$project/accounts/$account"
              params={{ project: project.id, account: trigger.connected_account_id }}
              className="font-mono text-accent hover:underline"
            >
              {trigger.connected_account_id}
            </Link>,
          ],
          ['Comes by', trigger.type === 'poll' ? 'polling' : 'webhook of the provider'],
          ['Last polled', when(trigger.last_polled_at)],
          ['Last event', when(trigger.last_event_at) ?? 'none yet'],
          ['Disabled', when(trigger.disabled_at)],
          ['Version', trigger.version],
          ['Made', when(trigger.created_at)],
        ]}
      />
    </Section>
  );
}

function LastEvents({ id }: { id: string }) {
  const { data, error } = useAnswer(
    'listTriggerEvents',
    { query: { trigger_ids: [id], limit: 5 } },
    { every: 10_000 },
  );
  return (
    <Section
      title="What it saw last"
      actions={
        <span className="flex gap-3 text-sm">
          <ToTriggers section="events" search={{ trigger: id }}>
            All events
          </ToTriggers>
          <ToTriggers section="deliveries" search={{ trigger: id }}>
            Deliveries
          </ToTriggers>
        </span>
      }
    >
      {error ? (
        <p className="text-sm text-soft">Its events cannot be had at the moment.</p>
      ) : data?.items.length === 0 ? (
        <p className="text-sm text-soft">
          Nothing, of what is kept. Its first look only remembers where things stand.
        </p>
      ) : (
        <ol className="space-y-2 text-sm">
          {data?.items.map((event) => (
            <li key={event.id} className="flex justify-between gap-4">
              <ToTriggers section="events" item={event.id}>
                <span className="font-mono">{event.id}</span>
              </ToTriggers>
              <Time at={event.timestamp} className="text-soft" />
            </li>
          ))}
        </ol>
      )}
    </Section>
  );
}
