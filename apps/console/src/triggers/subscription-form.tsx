import type { BodyOf } from '@patchbay/client';
import { useState } from 'react';
import { useAct, useAnswer } from '../api/index.js';
import { Button, Choice, Failure, Field, reasonOf, SkeletonLines, TextField } from '../ui/index.js';
import type { Webhook } from './words.js';

type Body = BodyOf<'createWebhookSubscription'>;
type Version = Webhook['version'];

interface FormProps {
  /** The one that is changed; without it one is made. */
  webhook?: Webhook;
  onDone: () => void;
  onCancel: () => void;
}

export function SubscriptionForm({ webhook, onDone, onCancel }: FormProps) {
  const types = useAnswer('listWebhookEventTypes', {});
  const [url, setUrl] = useState(webhook?.webhook_url ?? '');
  const [version, setVersion] = useState<Version>(webhook?.version ?? 'V3');
  const [events, setEvents] = useState<string[]>(webhook?.enabled_events ?? ['composio.trigger.message']);
  const make = useAct('createWebhookSubscription', { onDone });
  const change = useAct('updateWebhookSubscription', { onDone });
  if (types.error && !types.data)
    return <Failure error={types.error} what="The kinds of events" onRetry={() => void types.refetch()} />;
  if (!types.data) return <SkeletonLines />;
  const known = types.data.items;
  const has = (type: string) =>
    known.find(({ event_type }) => event_type === type)?.supported_versions.includes(version) ?? false;
  const chosen = events.filter(has);
  const body = { webhook_url: url.trim(), version, enabled_events: chosen as Body['enabled_events'] };
  const error = make.error ?? change.error;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (webhook) change.mutate({ path: { id: webhook.id }, body });
        else make.mutate({ body });
      }}
    >
      <TextField
        label="Address"
        hint="https. A private address is for the operator to allow."
        type="url"
        required
        maxLength={2_000}
        placeholder="https://app.example.com/hooks/patchbay"
        value={url}
        onChange={setUrl}
      />
      <Field
        label="Version"
        hint="The form of what is posted. V1 and V2 are for older receivers, and for triggers alone."
      >
        {(given) => (
          <Choice
            {...given}
            label="Version"
            value={version}
            options={[
              ['V3', 'V3'],
              ['V2', 'V2'],
              ['V1', 'V1'],
            ]}
            onChange={(value) => setVersion(value as Version)}
          />
        )}
      </Field>
      <fieldset className="mb-4">
        <legend className="mb-1 text-sm font-medium">Events</legend>
        {known.map(({ event_type: type, description }) => (
          <label key={type} className={`flex items-start gap-2 py-1.5 ${has(type) ? '' : 'text-soft'}`}>
            <input
              type="checkbox"
              className="mt-1"
              disabled={!has(type)}
              checked={chosen.includes(type)}
              onChange={({ target }) =>
                setEvents(target.checked ? [...events, type] : events.filter((other) => other !== type))
              }
            />
            <span className="min-w-0">
              <span className="font-mono text-sm break-all">{type}</span>
              <span className="block text-sm text-soft">{description}</span>
            </span>
          </label>
        ))}
      </fieldset>
      {error && (
        <p role="alert" className="mb-3 text-sm break-words text-bad">
          {reasonOf(error)}
        </p>
      )}
      <div className="flex gap-2">
        <Button
          type="submit"
          kind="primary"
          disabled={chosen.length === 0}
          isBusy={make.isPending || change.isPending}
        >
          {webhook ? 'Save' : 'Make the webhook'}
        </Button>
        <Button onClick={onCancel}>Cancel</Button>
      </div>
    </form>
  );
}
