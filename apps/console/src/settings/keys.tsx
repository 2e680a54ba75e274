import { useState } from 'react';
import { useAct, useAnswer, useScope } from '../api/index.js';
import {
  Badge,
  Button,
  Choice,
  Confirm,
  Failure,
  reasonOf,
  Section,
  SkeletonLines,
  Switch,
  TextField,
  Time,
} from '../ui/index.js';
import { ToldOnce } from './told-once.js';

/** What a key may be confined to (docs/api/keys.md#scoped-keys). */
const AREAS: [area: string, name: string][] = [
  ['tool_execution', 'Run tools'],
  ['session_management', 'Sessions and MCP'],
  ['connected_accounts', 'Accounts'],
  ['auth_configs', 'Auth configs'],
  ['toolkits', 'Toolkits'],
  ['tools', 'Tools'],
  ['proxy_execute', 'Requests with accounts'],
  ['observability', 'Record and usage'],
];
type Level = 'none' | 'read' | 'write';

/** The project's API keys: whole ones, and those of some areas. */
export function Keys() {
  const { project } = useScope();
  const { data, error, refetch } = useAnswer('getProject', { path: { id: project.id } });
  const [name, setName] = useState('');
  const [areas, setAreas] = useState<Record<string, Level>>();
  const [doomed, setDoomed] = useState<{ id: string; name: string }>();
  const make = useAct('createApiKey', { onDone: () => setName('') });
  const revoke = useAct('revokeApiKey');
  if (error && !data) return <Failure error={error} what="The keys" onRetry={() => void refetch()} />;
  if (!data) return <SkeletonLines lines={6} />;
  return (
    <>
      <Section title="API keys of the project">
        <p className="mb-3 text-sm text-soft">
          Whoever has a key does with the project what its areas let it do. Keep each where one program finds
          it, and nowhere else.
        </p>
        <ul className="divide-y divide-line rounded-lg ring-1 ring-line ring-inset">
          {data.api_keys.map((key) => (
            <li key={key.id} className="flex flex-wrap items-center gap-x-4 gap-y-1 p-3 text-sm">
              <span className="min-w-0 flex-1 truncate font-medium max-sm:basis-full">{key.name}</span>
              <code className="font-mono text-soft">{key.key}</code>
              {key.areas && (
                <Badge>{Object.values(key.areas).filter((level) => level !== 'none').length} areas</Badge>
              )}
              <span className="whitespace-nowrap text-soft">
                made <Time at={key.created_at} />
              </span>
              <Button kind="danger" isSmall onClick={() => setDoomed(key)}>
                Revoke
              </Button>
            </li>
          ))}
        </ul>
      </Section>
      <Section title="A new key">
        <form
          onSubmit={(event) => {
            event.preventDefault();
            make.mutate({ path: { id: project.id }, body: { name: name.trim(), ...(areas && { areas }) } });
          }}
        >
          <TextField
            label="Name"
            hint="Say which program has it."
            className="max-w-sm"
            required
            maxLength={100}
            value={name}
            onChange={setName}
          />
          <div className="mb-4">
            <Switch
              label="Only for some areas"
              isOn={areas !== undefined}
              onChange={(isOn) => setAreas(isOn ? { tool_execution: 'write' } : undefined)}
            />
            {areas && (
              <ul className="mt-3 grid max-w-xl gap-2 sm:grid-cols-2">
                {AREAS.map(([area, title]) => (
                  <li key={area} className="flex items-center justify-between gap-3 text-sm">
                    {title}
                    <Choice
                      label={title}
                      value={areas[area] ?? 'none'}
                      options={[
                        ['none', 'Closed'],
                        ['read', 'Read'],
                        ['write', 'Read and write'],
                      ]}
                      onChange={(level) => setAreas({ ...areas, [area]: level as Level })}
                    />
                  </li>
                ))}
              </ul>
            )}
          </div>
          <Button type="submit" kind="primary" isBusy={make.isPending}>
            Make a key
          </Button>
        </form>
        {make.error && (
          <p role="alert" className="text-sm break-words text-bad">
            {reasonOf(make.error)}
          </p>
        )}
        {make.data && <ToldOnce secret={make.data.key} what="The key is made." />}
      </Section>
      <Confirm
        isOpen={doomed !== undefined}
        onClose={() => setDoomed(undefined)}
        title={`Revoke the key ${doomed?.name ?? ''}`}
        loss="Every program that has it is refused within a second, and what it streams ends. This cannot be undone."
        deed="Revoke the key"
        act={() => revoke.mutateAsync({ path: { id: project.id, keyId: doomed?.id ?? '' } })}
      />
    </>
  );
}
