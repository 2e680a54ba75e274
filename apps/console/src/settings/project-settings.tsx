import type { Answer, BodyOf } from '@patchbay/client';
import { useState } from 'react';
import { useAct, useAnswer, useMay } from '../api/index.js';
import {
  Button,
  Choice,
  Failure,
  LinesField,
  notify,
  reasonOf,
  Section,
  SkeletonLines,
  Switch,
  TextField,
} from '../ui/index.js';
import { ConnectPreview } from './connect-preview.js';

type Settings = Answer<'getProjectSettings'>;

export function ProjectSettings() {
  const { data, error, refetch } = useAnswer('getProjectSettings', {});
  if (error && !data) return <Failure error={error} what="The settings" onRetry={() => void refetch()} />;
  if (!data) return <SkeletonLines lines={10} />;
  return <Form settings={data} />;
}

const SWITCHES: [keyof Settings, string][] = [
  ['mask_secret_keys_in_connected_account', 'Mask secrets of accounts in answers'],
  ['always_revoke_on_delete', 'Revoke at the provider whenever an account is deleted'],
  ['bind_sign_in_to_browser', 'A sign-in ends in the browser in which it began'],
  ['require_mcp_api_key', 'MCP endpoints of servers ask for a key'],
];

function Form({ settings }: { settings: Settings }) {
  const isOwner = useMay('owner');
  const [changes, setChanges] = useState<Partial<Settings>>({});
  const save = useAct('updateProjectSettings', {
    onDone: () => {
      setChanges({});
      notify('The settings are saved');
    },
  });
  const now = { ...settings, ...changes };
  const set = (more: Partial<Settings>) => setChanges({ ...changes, ...more });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        const { allowed_callback_origins: origins, ...rest } = changes;
        const body = { ...rest, ...(origins && { allowed_callback_origins: origins.filter(Boolean) }) };
        save.mutate({ body: body as BodyOf<'updateProjectSettings'> });
      }}
    >
      <fieldset disabled={!isOwner}>
        <Section title="On the Connect pages">
          <div className="grid gap-6 sm:grid-cols-2">
            <div>
              <TextField
                label="Name"
                hint="What users read when they connect an account."
                maxLength={100}
                value={now.display_name ?? ''}
                onChange={(text) => set({ display_name: text || null })}
              />
              <TextField
                label="Logo"
                hint="An address that begins with https."
                type="url"
                maxLength={2000}
                value={now.logo_url ?? ''}
                onChange={(text) => set({ logo_url: text || null })}
              />
            </div>
            <ConnectPreview name={now.display_name ?? ''} logo={now.logo_url ?? ''} />
          </div>
        </Section>
        <Section title="What is kept of calls">
          <Choice
            label="What is kept of calls"
            className="max-w-full"
            value={now.log_visibility_setting}
            options={[
              ['show_all', 'Arguments and answers, with secrets masked'],
              ['dont_store_data', 'Only who, what, when and how it ended'],
            ]}
            onChange={(value) => set({ log_visibility_setting: value as Settings['log_visibility_setting'] })}
          />
        </Section>
        <Section title="Rules">
          <div className="flex flex-col items-start gap-3">
            {SWITCHES.map(([name, label]) => (
              <Switch
                key={name}
                label={label}
                isOn={Boolean(now[name])}
                isDisabled={!isOwner}
                onChange={(isOn) => set({ [name]: isOn })}
              />
            ))}
          </div>
        </Section>
        <Section title="Callback addresses">
          <LinesField
            label="Origins that users may be sent back to"
            hint="One a line. None: any."
            value={now.allowed_callback_origins.join('\n')}
            onChange={(text) =>
              set({ allowed_callback_origins: text.split('\n').map((line) => line.trim()) })
            }
          />
          <TextField
            label="Links to files end after"
            hint="Seconds."
            className="max-w-32"
            type="number"
            min={1}
            value={String(now.signed_url_file_expiry_in_seconds)}
            onChange={(text) => set({ signed_url_file_expiry_in_seconds: Number(text) })}
          />
        </Section>
      </fieldset>
      <div className="px-4 sm:px-6">
        {save.error && (
          <p role="alert" className="mb-3 text-sm break-words text-bad">
            {reasonOf(save.error)}
          </p>
        )}
        {isOwner ? (
          <div className="flex gap-2">
            <Button
              type="submit"
              kind="primary"
              isBusy={save.isPending}
              disabled={Object.keys(changes).length === 0}
            >
              Save the changes
            </Button>
            {Object.keys(changes).length > 0 && <Button onClick={() => setChanges({})}>Discard</Button>}
          </div>
        ) : (
          <p className="text-xs text-soft">Owners of the project change these.</p>
        )}
      </div>
    </form>
  );
}
