import { useState, type FormEvent } from 'react';
import { useAct, useAnswer, useMay } from '../api/index.js';
import { Button, Failure, Field, notify, reasonOf, Section, SkeletonLines, TextField } from '../ui/index.js';

const MOST = 1000;

/** What the project says of a tool for searching: what its people call it, and what it counts. */
export function SearchTuning({ slug, toolkit }: { slug: string; toolkit: string }) {
  const { data, error, refetch } = useAnswer('listSearchTunings', {
    query: { toolkit_slug: toolkit, limit: MOST },
  });
  if (error && !data)
    return <Failure error={error} what="What is said of it" onRetry={() => void refetch()} />;
  if (!data) return <SkeletonLines lines={5} />;
  const said = data.items.find(({ tool_slug }) => tool_slug === slug);
  return (
    <Form
      key={said?.updated_at ?? 'none'}
      slug={slug}
      aliases={said?.aliases ?? []}
      boost={said?.boost ?? 1}
      isSaid={said !== undefined}
    />
  );
}

function Form(props: { slug: string; aliases: string[]; boost: number; isSaid: boolean }) {
  const mayChange = useMay('developer');
  const [aliases, setAliases] = useState(props.aliases.join('\n'));
  const [boost, setBoost] = useState(String(props.boost));
  const set = useAct('setSearchTuning', { onDone: () => notify(`Searches follow at once`) });
  const remove = useAct('deleteSearchTuning', {
    onDone: () => notify(`${props.slug} is searched for as it came`),
  });
  const failed = set.error ?? remove.error;
  const save = (event: FormEvent) => {
    event.preventDefault();
    const lines = aliases.split('\n').map((line) => line.trim());
    set.mutate({
      path: { tool_slug: props.slug },
      body: { aliases: lines.filter(Boolean), boost: Number(boost) },
    });
  };
  return (
    <Section title="In searches of this project">
      <form onSubmit={save} className="max-w-prose">
        <Field
          label="Aliases"
          hint="What your people call it, one a line. It is found by each as by its name."
        >
          {(given) => (
            <textarea
              {...given}
              className="input h-24 py-2"
              value={aliases}
              disabled={!mayChange}
              onChange={(event) => setAliases(event.target.value)}
            />
          )}
        </Field>
        <TextField
          label="Boost"
          hint="1 changes nothing; up to 3 brings it forward, down to 0.1 lets it stand back."
          type="number"
          min={0.1}
          max={3}
          step="any"
          required
          className="w-28"
          value={boost}
          disabled={!mayChange}
          onChange={setBoost}
        />
        {failed && (
          <p role="alert" className="mb-3 rounded-lg bg-bad-soft p-3 text-sm break-words text-ink">
            {reasonOf(failed)}
          </p>
        )}
        {mayChange && (
          <div className="flex gap-2">
            <Button kind="primary" type="submit" isBusy={set.isPending}>
              Save
            </Button>
            {props.isSaid && (
              <Button
                isBusy={remove.isPending}
                onClick={() => remove.mutate({ path: { tool_slug: props.slug } })}
              >
                Take back
              </Button>
            )}
          </div>
        )}
      </form>
    </Section>
  );
}
