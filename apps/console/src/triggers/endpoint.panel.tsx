import type { Answer } from '@patchbay/client';
import { useState } from 'react';
import { useAct, useAnswer, useMay } from '../api/index.js';
import {
  Button,
  Confirm,
  CopyButton,
  exactly,
  Facts,
  Failure,
  Id,
  notify,
  Panel,
  reasonOf,
  Section,
  SkeletonLines,
  TextField,
} from '../ui/index.js';

/** One endpoint: what is entered at the provider, and what the provider gives for it. */
export function EndpointPanel({ id, onClose }: { id: string; onClose: () => void }) {
  const may = useMay('developer');
  const { data, error, refetch } = useAnswer('getWebhookEndpoint', { path: { id } });
  const [isAsking, setAsking] = useState(false);
  const remove = useAct('deleteWebhookEndpoint');
  return (
    <Panel
      label="Webhook endpoint"
      onClose={onClose}
      title={<span className="font-medium">{data?.toolkit_slug ?? 'Webhook endpoint'}</span>}
    >
      {data ? (
        <>
          <Section title="At the provider">
            <p className="mb-2 text-sm text-soft">Enter this address there. It does not change.</p>
            <p className="flex flex-wrap items-center gap-2 rounded-lg bg-back p-3">
              <code className="min-w-0 font-mono text-sm break-all">{data.webhook_url}</code>
              <CopyButton text={data.webhook_url} />
            </p>
          </Section>
          {may && <Fields endpoint={data} />}
          <Section title="Endpoint">
            <Facts
              facts={[
                ['Id', <Id key="id" value={data.id} longest={40} />],
                ['OAuth app', <bdi key="app">{data.client_id}</bdi>],
                ['Made', exactly(new Date(data.created_at))],
              ]}
            />
            {may && (
              <Button kind="danger" icon="trash" className="mt-4" onClick={() => setAsking(true)}>
                Delete
              </Button>
            )}
          </Section>
          <Confirm
            isOpen={isAsking}
            onClose={() => setAsking(false)}
            title={`Delete the ${data.toolkit_slug} endpoint`}
            loss="What the provider sends to its address is refused from then on, and triggers of this app see nothing more. Its secrets are destroyed. This cannot be undone."
            deed="Delete the endpoint"
            act={() => remove.mutateAsync({ path: { id } }).then(onClose)}
          />
        </>
      ) : error ? (
        <Failure error={error} what="The endpoint" onRetry={() => void refetch()} />
      ) : (
        <SkeletonLines lines={6} />
      )}
    </Panel>
  );
}

function Fields({ endpoint }: { endpoint: Answer<'getWebhookEndpoint'> }) {
  const schema = useAnswer('getWebhookEndpointSchema', { query: { toolkit_slug: endpoint.toolkit_slug } });
  const [values, setValues] = useState<Record<string, string>>({});
  const save = useAct('updateWebhookEndpointData', {
    onDone: () => {
      setValues({});
      notify('The endpoint has them');
    },
  });
  if (schema.error && !schema.data)
    return <Failure error={schema.error} what="Its fields" onRetry={() => void schema.refetch()} />;
  if (!schema.data) return <SkeletonLines />;
  const given = Object.fromEntries(Object.entries(values).filter(([, value]) => value !== ''));
  return (
    <Section title="What the provider gives for it">
      <form
        autoComplete="off"
        onSubmit={(event) => {
          event.preventDefault();
          save.mutate({ path: { id: endpoint.id }, body: { data: given } });
        }}
      >
        {Object.entries(schema.data.setup_fields).map(([name, field]) => {
          const kept = endpoint.data?.[name];
          return (
            <TextField
              key={name}
              label={field.display_name}
              hint={`${field.description}${kept ? ` It has ${kept}; what is left empty stays.` : ''}`}
              type={field.is_secret ? 'password' : 'text'}
              autoComplete="off"
              required={field.is_required && !kept}
              maxLength={5_000}
              value={values[name] ?? ''}
              onChange={(value) => setValues({ ...values, [name]: value })}
            />
          );
        })}
        {save.error && (
          <p role="alert" className="mb-3 text-sm break-words text-bad">
            {reasonOf(save.error)}
          </p>
        )}
        <Button
          type="submit"
          kind="primary"
          isBusy={save.isPending}
          disabled={Object.keys(given).length === 0}
        >
          Save
        </Button>
      </form>
    </Section>
  );
}
