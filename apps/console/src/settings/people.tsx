import type { Item } from '@patchbay/client';
import { useState } from 'react';
import { useAct, useList, useScope } from '../api/index.js';
import {
  Button,
  Choice,
  Confirm,
  Failure,
  reasonOf,
  Section,
  SkeletonLines,
  TextField,
} from '../ui/index.js';
import { ToldOnce } from './told-once.js';

type Person = Item<'listPeople'>;
type Role = NonNullable<Person['role']>;

const ROLES: [string, string][] = [
  ['', 'No role'],
  ['viewer', 'Viewer'],
  ['developer', 'Developer'],
  ['owner', 'Owner'],
];

/** Who works with the platform, and what they may do: in the organisation, and in this project. */
export function People() {
  const { project, session } = useScope();
  const pages = useList('listPeople', {});
  const [email, setEmail] = useState('');
  const [role, setRole] = useState('developer');
  const [doomed, setDoomed] = useState<Person>();
  const make = useAct('createPerson', { onDone: () => setEmail('') });
  const update = useAct('updatePerson');
  const remove = useAct('deletePerson');
  const link = useAct('createSignInLink');
  if (pages.error && pages.items.length === 0)
    return <Failure error={pages.error} what="The people" onRetry={pages.reload} />;
  if (pages.isPending) return <SkeletonLines lines={6} />;
  return (
    <>
      <Section title="People">
        <ul className="divide-y divide-line rounded-lg ring-1 ring-line ring-inset">
          {pages.items.map((person) => (
            <li key={person.id} className="flex flex-wrap items-center gap-x-3 gap-y-2 p-3 text-sm">
              <span className="min-w-0 flex-1 basis-48 max-sm:basis-full">
                <span className="block truncate font-medium">{person.name || person.email}</span>
                <span className="block truncate text-xs text-soft">{person.email}</span>
              </span>
              <Choice
                label={`Role of ${person.email} in the organisation`}
                value={person.role ?? ''}
                disabled={person.id === session.person.id}
                options={ROLES}
                onChange={(value) =>
                  update.mutate({ path: { id: person.id }, body: { role: (value || null) as Role | null } })
                }
              />
              <Choice
                label={`Role of ${person.email} in ${project.name}`}
                value={person.project_roles[project.id] ?? ''}
                options={ROLES.map(([value, name]): [string, string] => [
                  value,
                  value ? `${name} here` : 'None here',
                ])}
                onChange={(value) =>
                  update.mutate({
                    path: { id: person.id },
                    body: { project_roles: { [project.id]: (value || null) as Role | null } },
                  })
                }
              />
              <Button isSmall icon="link" onClick={() => link.mutate({ path: { id: person.id } })}>
                Sign-in link
              </Button>
              <Button
                kind="danger"
                isSmall
                disabled={person.id === session.person.id}
                onClick={() => setDoomed(person)}
              >
                Remove
              </Button>
            </li>
          ))}
        </ul>
        {pages.hasMore && (
          <Button className="mt-3" isBusy={pages.isLoadingMore} onClick={pages.loadMore}>
            Show more
          </Button>
        )}
        {(update.error ?? link.error) && (
          <p role="alert" className="mt-3 text-sm break-words text-bad">
            {reasonOf(update.error ?? link.error)}
          </p>
        )}
        {link.data && (
          <ToldOnce
            secret={link.data.url}
            what="Send them this link. It signs them in once, within 15 minutes."
          />
        )}
      </Section>
      <Section title="A new person">
        <form
          className="flex flex-wrap items-end gap-2"
          onSubmit={(event) => {
            event.preventDefault();
            make.mutate({ body: { email: email.trim(), project_roles: { [project.id]: role as Role } } });
          }}
        >
          <div className="-mb-4 w-full max-w-xs">
            <TextField label="E-mail" type="email" required value={email} onChange={setEmail} />
          </div>
          <Choice
            label={`Role in ${project.name}`}
            value={role}
            options={ROLES.slice(1)}
            onChange={setRole}
          />
          <Button type="submit" kind="primary" isBusy={make.isPending}>
            Add them to {project.name}
          </Button>
        </form>
        {make.error && (
          <p role="alert" className="mt-3 text-sm break-words text-bad">
            {reasonOf(make.error)}
          </p>
        )}
      </Section>
      <Confirm
        isOpen={doomed !== undefined}
        onClose={() => setDoomed(undefined)}
        title={`Remove ${doomed?.email ?? ''}`}
        loss="Their keys and their sign-ins end at once. What they made stays, and the audit goes on naming them. This cannot be undone."
        deed="Remove the person"
        act={() => remove.mutateAsync({ path: { id: doomed?.id ?? '' } })}
      />
    </>
  );
}
