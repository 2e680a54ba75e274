import { useState } from 'react';
import { queryClient, useAct, useAnswer, useScope } from '../api/index.js';
import {
  Button,
  Confirm,
  Facts,
  Failure,
  notify,
  reasonOf,
  Section,
  SkeletonLines,
  Status,
  TextField,
  Time,
} from '../ui/index.js';
import { ToldOnce } from './told-once.js';

/** The person who is signed in: who they are, their keys, their password, where else they are signed in. */
export function You() {
  const { session, project } = useScope();
  return (
    <>
      <Section title="You">
        <Facts
          facts={[
            ['Name', session.person.name],
            ['E-mail', session.person.email],
            ['In the organisation', session.person.role ?? 'no role'],
            [`In ${project.name}`, project.role],
          ]}
        />
      </Section>
      <OwnKeys />
      <Password />
      <SignIns />
    </>
  );
}

function OwnKeys() {
  const { data, error, refetch } = useAnswer('getMe', {});
  const [name, setName] = useState('');
  const [doomed, setDoomed] = useState<{ id: string; name: string }>();
  const make = useAct('createOwnKey', { onDone: () => setName('') });
  const revoke = useAct('revokeOwnKey');
  return (
    <Section title="Your keys">
      {error && !data ? (
        <Failure error={error} what="Your keys" onRetry={() => void refetch()} />
      ) : !data ? (
        <SkeletonLines />
      ) : data.keys.length === 0 ? (
        <p className="text-sm text-soft">You have none. A key lets a program of yours do what you may.</p>
      ) : (
        <ul className="divide-y divide-line rounded-lg ring-1 ring-line ring-inset">
          {data.keys.map((key) => (
            <li key={key.id} className="flex flex-wrap items-center gap-x-4 gap-y-1 p-3 text-sm">
              <span className="min-w-0 flex-1 truncate font-medium max-sm:basis-full">{key.name}</span>
              <code className="font-mono text-soft">{key.key}</code>
              <span className="text-soft">
                {key.expires_at ? (
                  <>
                    ends <Time at={key.expires_at} />
                  </>
                ) : (
                  'no end'
                )}
              </span>
              <Button kind="danger" isSmall onClick={() => setDoomed(key)}>
                Revoke
              </Button>
            </li>
          ))}
        </ul>
      )}
      <form
        className="mt-4"
        onSubmit={(event) => {
          event.preventDefault();
          make.mutate({ body: { name: name.trim() } });
        }}
      >
        <TextField
          label="A new key"
          error={make.error ? reasonOf(make.error) : undefined}
          hint="Say which program has it."
          className="max-w-sm"
          required
          maxLength={100}
          value={name}
          onChange={setName}
        />
        <Button type="submit" isBusy={make.isPending}>
          Make a key
        </Button>
      </form>
      {make.data && <ToldOnce secret={make.data.key} what="Your key is made." />}
      <Confirm
        isOpen={doomed !== undefined}
        onClose={() => setDoomed(undefined)}
        title={`Revoke your key ${doomed?.name ?? ''}`}
        loss="Every program that has it is refused within a second. This cannot be undone."
        deed="Revoke the key"
        act={() => revoke.mutateAsync({ path: { keyId: doomed?.id ?? '' } })}
      />
    </Section>
  );
}

function Password() {
  const { session } = useScope();
  const [current, setCurrent] = useState('');
  const [next, setNext] = useState('');
  const set = useAct('setOwnPassword', {
    onDone: () => {
      setCurrent('');
      setNext('');
      notify('Your password is set; your other sign-ins ended');
      void queryClient.invalidateQueries({ queryKey: ['session'] });
    },
  });
  return (
    <Section title={session.person.has_password ? 'Your password' : 'A password'}>
      <form
        className="max-w-sm"
        onSubmit={(event) => {
          event.preventDefault();
          set.mutate({ body: { password: next, ...(current && { current_password: current }) } });
        }}
      >
        {session.person.has_password && (
          <TextField
            label="The present one"
            hint="Not needed just after you signed in by a link."
            type="password"
            autoComplete="current-password"
            value={current}
            onChange={setCurrent}
          />
        )}
        <TextField
          label="The new one"
          hint="At least 12 characters."
          error={set.error ? reasonOf(set.error) : undefined}
          type="password"
          autoComplete="new-password"
          required
          minLength={12}
          maxLength={200}
          value={next}
          onChange={setNext}
        />
        <Button type="submit" isBusy={set.isPending}>
          Set the password
        </Button>
      </form>
    </Section>
  );
}

function SignIns() {
  const { data, error, refetch } = useAnswer('listConsoleSessions', {});
  const end = useAct('endOwnConsoleSession');
  return (
    <Section title="Where you are signed in">
      {error && !data ? (
        <Failure error={error} what="Your sign-ins" onRetry={() => void refetch()} />
      ) : !data ? (
        <SkeletonLines />
      ) : (
        <ul className="divide-y divide-line rounded-lg ring-1 ring-line ring-inset">
          {data.items.map((each) => (
            <li key={each.id} className="flex flex-wrap items-center gap-x-4 gap-y-1 p-3 text-sm">
              <span className="min-w-0 flex-1 basis-40">
                <span className="block truncate">{each.user_agent ?? 'An unknown browser'}</span>
                <span className="block text-xs text-soft">
                  {each.address ?? 'unknown address'} · seen <Time at={each.last_seen_at} />
                </span>
              </span>
              {each.current ? (
                <Status tone="good" word="This one" />
              ) : (
                <Button
                  kind="danger"
                  isSmall
                  isBusy={end.isPending}
                  onClick={() => end.mutate({ path: { id: each.id } })}
                >
                  Sign out there
                </Button>
              )}
            </li>
          ))}
        </ul>
      )}
    </Section>
  );
}
