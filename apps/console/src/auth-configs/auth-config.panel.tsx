import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useAct, useAnswer, useMay, useScope } from '../api/index.js';
import { JsonView } from '../json/index.js';
import { schemeName } from '../schemes/index.js';
import {
  Button,
  Confirm,
  count,
  exactly,
  Facts,
  Failure,
  Id,
  Panel,
  reasonOf,
  Section,
  SkeletonLines,
  Status,
} from '../ui/index.js';

import { CheckConfig } from './check.js';
import { Scopes } from './scopes.js';

export function AuthConfigPanel({ id, onClose }: { id: string; onClose: () => void }) {
  const { data, error, refetch } = useAnswer('getAuthConfig', { path: { id } });
  const { project } = useScope();
  const may = useMay('developer');
  const [isAsking, setAsking] = useState(false);
  const setStatus = useAct('setAuthConfigStatus');
  const remove = useAct('deleteAuthConfig');
  if (!data)
    return (
      <Panel label="Auth config" title="Auth config" onClose={onClose}>
        {error ? (
          <Failure error={error} what="The auth config" onRetry={() => void refetch()} />
        ) : (
          <SkeletonLines lines={8} />
        )}
      </Panel>
    );
  const isEnabled = data.status === 'ENABLED';
  return (
    <Panel
      label="Auth config"
      onClose={onClose}
      title={
        <span className="flex items-center gap-3">
          <Status tone={isEnabled ? 'good' : 'off'} word={isEnabled ? 'Enabled' : 'Disabled'} isBoxed />
          <span className="truncate font-medium">{data.name}</span>
        </span>
      }
    >
      {may && (
        <div className="flex flex-wrap gap-2 px-4 pt-4 sm:px-6">
          <Button
            icon={isEnabled ? 'pause' : 'play'}
            isBusy={setStatus.isPending}
            onClick={() => setStatus.mutate({ path: { id, status: isEnabled ? 'DISABLED' : 'ENABLED' } })}
          >
            {isEnabled ? 'Disable' : 'Enable'}
          </Button>
          <Button kind="danger" icon="trash" onClick={() => setAsking(true)}>
            Delete
          </Button>
        </div>
      )}
      {setStatus.error && (
        <p role="alert" className="px-4 pt-3 text-sm text-bad sm:px-6">
          {reasonOf(setStatus.error)}
        </p>
      )}
      <Section title="Auth config">
        <Facts
          facts={[
            ['Id', <Id key="id" value={data.id} longest={40} />],
            [
              'Toolkit',
              <Link
                key="toolkit"
                to="/p/$project/toolkits/$toolkit"
                params={{ project: project.id, toolkit: data.toolkit.slug }}
                className="text-accent hover:underline"
              >
                {data.toolkit.slug}
              </Link>,
            ],
            ['Signs in by', schemeName(data.auth_scheme)],
            ['App', data.is_composio_managed ? 'the operator’s' : 'your own'],
            [
              'Accounts',
              <Link
                key="accounts"
                to="/p/$project/accounts"
                params={{ project: project.id }}
                search={{ config: data.id }}
                className="text-accent hover:underline"
              >
                {count(data.no_of_connections)}
              </Link>,
            ],
            ['In sessions', data.is_enabled_for_tool_router ? 'used for new accounts' : 'not used'],
            ['Only for tools', data.restrict_to_following_tools.join(', ')],
            ['Made', exactly(new Date(data.created_at))],
            ['Changed', exactly(new Date(data.last_updated_at))],
          ]}
        />
      </Section>
      {data.auth_scheme !== 'NO_AUTH' && <CheckConfig id={data.id} may={may} />}
      {data.auth_scheme.includes('OAUTH') && <Scopes config={data} may={may} />}
      <JsonView title="Credentials, secrets named and never shown" value={data.credentials} name={data.id} />
      <Confirm
        isOpen={isAsking}
        onClose={() => setAsking(false)}
        title={`Delete the auth config ${data.name.slice(0, 80)}`}
        loss={
          data.no_of_connections > 0
            ? `${count(data.no_of_connections)} accounts were connected by it: they go with it, and their users have to sign in again. This cannot be undone.`
            : 'No account was connected by it. This cannot be undone.'
        }
        deed={
          data.no_of_connections > 0
            ? `Delete it and ${count(data.no_of_connections)} accounts`
            : 'Delete the auth config'
        }
        act={() => remove.mutateAsync({ path: { id } }).then(onClose)}
      />
    </Panel>
  );
}
