import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { queryClient, useAct, useApi, usePages, useScope } from '../api/index.js';
import { Button, Confirm, Id, reasonOf, Section, SkeletonLines, TextField, Time } from '../ui/index.js';
import { ToldOnce } from './told-once.js';

/** All projects of the organisation, for its owners. */
export function Projects() {
  const api = useApi();
  const { project } = useScope();
  const navigate = useNavigate();
  const [name, setName] = useState('');
  const [doomed, setDoomed] = useState<{ id: string; name: string }>();
  const pages = usePages(['listProjects'], async (cursor, signal) => {
    const page = await api.request('listProjects', {
      query: { limit: 50, ...(cursor && { cursor }) },
      signal,
    });
    return { items: page.data, next: page.next_cursor };
  });
  const renew = () => queryClient.invalidateQueries({ queryKey: ['session'] });
  const make = useAct('createProject', {
    onDone: () => {
      setName('');
      void renew();
    },
  });
  const remove = useAct('deleteProject');
  return (
    <>
      <Section title="Projects">
        {pages.isPending ? (
          <SkeletonLines />
        ) : (
          <ul className="divide-y divide-line rounded-lg ring-1 ring-line ring-inset">
            {pages.items.map((each) => (
              <li key={each.id} className="flex flex-wrap items-center gap-x-4 gap-y-1 p-3 text-sm">
                <span className="min-w-0 flex-1 truncate font-medium max-sm:basis-full">{each.name}</span>
                <Id value={each.id} />
                <span className="whitespace-nowrap text-soft">
                  made <Time at={each.created_at} />
                </span>
                <Button kind="danger" isSmall onClick={() => setDoomed(each)}>
                  Delete
                </Button>
              </li>
            ))}
          </ul>
        )}
        {pages.hasMore && (
          <Button className="mt-3" isBusy={pages.isLoadingMore} onClick={pages.loadMore}>
            Show more
          </Button>
        )}
        {pages.error !== undefined && pages.error !== null && (
          <p className="text-sm text-bad">{reasonOf(pages.error)}</p>
        )}
      </Section>
      <Section title="A new project">
        <form
          onSubmit={(event) => {
            event.preventDefault();
            make.mutate({ body: { name: name.trim(), should_create_api_key: true } });
          }}
        >
          <TextField
            label="Name"
            className="max-w-sm"
            required
            maxLength={100}
            value={name}
            onChange={setName}
          />
          <Button type="submit" kind="primary" isBusy={make.isPending}>
            Make the project
          </Button>
        </form>
        {make.error && (
          <p role="alert" className="mt-3 text-sm break-words text-bad">
            {reasonOf(make.error)}
          </p>
        )}
        {make.data?.api_key && (
          <ToldOnce secret={make.data.api_key} what={`The project ${make.data.name} has this key.`} />
        )}
      </Section>
      <Confirm
        isOpen={doomed !== undefined}
        onClose={() => setDoomed(undefined)}
        title={`Delete the project ${doomed?.name ?? ''}`}
        loss="Its accounts, sessions, auth configs, toolkits and keys are destroyed, for all of its users at once. This cannot be undone."
        deed="Delete the project"
        {...(doomed && { typed: doomed.name })}
        act={() =>
          remove.mutateAsync({ path: { id: doomed?.id ?? '' } }).then(async () => {
            await renew();
            if (doomed?.id === project.id) await navigate({ to: '/' });
          })
        }
      />
    </>
  );
}
