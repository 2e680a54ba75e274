import type { BodyOf } from '@patchbay/client';
import { useState } from 'react';
import { useAct, useAnswer } from '../api/index.js';
import { schemeName } from '../schemes/index.js';
import {
  Button,
  Choice,
  CopyButton,
  Failure,
  Field,
  Modal,
  reasonOf,
  SkeletonLines,
  TextField,
} from '../ui/index.js';

type OwnConfig = Extract<BodyOf<'createAuthConfig'>['auth_config'], { type: 'use_custom_auth' }>;

interface MakeProps {
  toolkit: string | undefined;
  onToolkit: (slug: string) => void;
  onClose: () => void;
  onMade: (id: string) => void;
}

const OPERATORS = 'operator';

/** Tells how accounts of a toolkit sign in: by the operator's app, or by an app or a key of the project's own. */
export function MakeAuthConfig({ toolkit, onToolkit, onClose, onMade }: MakeProps) {
  const [slug, setSlug] = useState(toolkit ?? '');
  return (
    <Modal title="New auth config" isOpen onClose={onClose}>
      {toolkit ? (
        <Details key={toolkit} toolkit={toolkit} onClose={onClose} onMade={onMade} />
      ) : (
        <form
          onSubmit={(event) => {
            event.preventDefault();
            onToolkit(slug.trim().toLowerCase());
          }}
        >
          <TextField
            label="Toolkit"
            hint="Its slug, such as github."
            required
            value={slug}
            maxLength={100}
            onChange={setSlug}
          />
          <div className="flex justify-end">
            <Button type="submit" kind="primary">
              Go on
            </Button>
          </div>
        </form>
      )}
    </Modal>
  );
}

function Details({
  toolkit,
  onClose,
  onMade,
}: {
  toolkit: string;
  onClose: () => void;
  onMade: (id: string) => void;
}) {
  const { data, error, refetch } = useAnswer('getToolkit', { path: { slug: toolkit } });
  const [chosen, setChosen] = useState<string>();
  const [values, setValues] = useState<Record<string, string>>({});
  const [name, setName] = useState('');
  const make = useAct('createAuthConfig', { onDone: ({ auth_config }) => onMade(auth_config.id) });
  if (error && !data) return <Failure error={error} what="The toolkit" onRetry={() => void refetch()} />;
  if (!data) return <SkeletonLines />;
  if (data.auth_config_details.length === 0)
    return <p className="text-soft">{data.name} needs no account, and so no auth config.</p>;

  const managed = data.composio_managed_auth_schemes.length > 0;
  const way = chosen ?? (managed ? OPERATORS : (data.auth_config_details[0]?.mode ?? ''));
  const details = data.auth_config_details.find(({ mode }) => mode === way);
  const { required = [], optional = [] } = details?.fields.auth_config_creation ?? {};
  const isOAuth = way.includes('OAUTH');
  const body: BodyOf<'createAuthConfig'> = {
    toolkit: { slug: toolkit },
    auth_config:
      way === OPERATORS
        ? { type: 'use_composio_managed_auth', ...(name && { name }) }
        : {
            type: 'use_custom_auth',
            authScheme: way as OwnConfig['authScheme'],
            credentials: Object.fromEntries(Object.entries(values).filter(([, value]) => value !== '')),
            ...(name && { name }),
          },
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        make.mutate({ body });
      }}
    >
      <Field label={`Accounts of ${data.name} sign in by`}>
        {(given) => (
          <Choice
            {...given}
            label="Way"
            className="w-full max-w-full"
            value={way}
            options={[
              ...(managed ? [[OPERATORS, 'the operator’s app: nothing to set up'] as [string, string]] : []),
              ...data.auth_config_details.map(({ mode }): [string, string] => [
                mode,
                mode.includes('OAUTH') ? `${schemeName(mode)}, with an app of your own` : schemeName(mode),
              ]),
            ]}
            onChange={setChosen}
          />
        )}
      </Field>
      <TextField label="Name" hint="May be left empty." value={name} maxLength={200} onChange={setName} />
      {isOAuth && (
        <div className="mb-4 rounded-lg bg-back p-3 text-sm">
          <p>Register an app at {data.name}, and give it this callback address:</p>
          <p className="mt-1 flex items-center gap-2">
            <code className="min-w-0 truncate font-mono">{callbackAddress()}</code>
            <CopyButton text={callbackAddress()} />
          </p>
          {details?.auth_hint_url && /^https?:/.test(details.auth_hint_url) && (
            <a
              href={details.auth_hint_url}
              target="_blank"
              rel="noopener noreferrer"
              className="text-accent underline"
            >
              Where that is done
            </a>
          )}
        </div>
      )}
      {[...required, ...optional].map(
        ({ name: field, displayName, description, is_secret, required: isRequired, default: usual }) => (
          <TextField
            key={field}
            label={displayName || field}
            hint={description}
            type={is_secret ? 'password' : 'text'}
            autoComplete="off"
            required={isRequired}
            placeholder={usual ?? ''}
            value={values[field] ?? ''}
            onChange={(text) => setValues({ ...values, [field]: text })}
          />
        ),
      )}
      {make.error && (
        <p role="alert" className="mb-3 text-sm break-words text-bad">
          {reasonOf(make.error)}
        </p>
      )}
      <div className="flex justify-end gap-2">
        <Button onClick={onClose}>Cancel</Button>
        <Button type="submit" kind="primary" isBusy={make.isPending}>
          Make the auth config
        </Button>
      </div>
    </form>
  );
}

const callbackAddress = () => `${window.location.origin}/api/v3.1/toolkits/auth/callback`;
