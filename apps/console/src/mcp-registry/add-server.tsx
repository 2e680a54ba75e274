import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useAct, useScope } from '../api/index.js';
import { Button, Choice, Field, reasonOf, Section, TextField } from '../ui/index.js';
import type { RegistryField, RegistryServer } from './server.panel.js';

/** Makes a toolkit of an entry. What is left empty is asked of each user who connects an account. */
export function AddServer({ server }: { server: RegistryServer }) {
  const { project } = useScope();
  const navigate = useNavigate();
  const usable = waysOf(server);
  const [slug, setSlug] = useState(server.suggested_slug);
  const [chosen, setChosen] = useState(usable[0]?.key);
  const [values, setValues] = useState<Record<string, string>>({});
  const add = useAct('upsertCustomToolkit', {
    timeoutMs: 60_000,
    onDone: ({ slug: toolkit }) =>
      void navigate({ to: '/p/$project/toolkits/$toolkit', params: { project: project.id, toolkit } }),
  });
  const way = usable.find(({ key }) => key === chosen);
  const given = Object.fromEntries(
    Object.entries(values).filter(([name, value]) => value && way?.fields.some((one) => one.name === name)),
  );
  return (
    <Section title="Add it to the project">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          const { registry, name, version } = server;
          const source = { type: 'mcp_registry' as const, registry, server: name, version, ...way?.asked };
          add.mutate({ body: { slug, source: { ...source, values: given } } });
        }}
      >
        {usable.length > 1 && (
          <Field label="Way to it">
            {(ids) => (
              <Choice
                {...ids}
                label="Way to it"
                className="w-full max-w-full"
                value={chosen ?? ''}
                options={usable.map(({ key, words }) => [key, words])}
                onChange={setChosen}
              />
            )}
          </Field>
        )}
        <TextField
          label="Slug"
          hint="Its tools are named after it. Small letters, digits, _ and -; it cannot be changed later."
          className="font-mono"
          required
          pattern="[a-z][a-z0-9_\-]{0,49}"
          maxLength={50}
          value={slug}
          onChange={setSlug}
        />
        {way?.fields.map((field) => (
          <Value
            key={field.name}
            field={field}
            value={values[field.name] ?? ''}
            onChange={(value) => setValues({ ...values, [field.name]: value })}
          />
        ))}
        {add.error && (
          <p role="alert" className="mb-3 rounded-lg bg-bad-soft p-3 text-sm break-words">
            {reasonOf(add.error)}
          </p>
        )}
        <div className="flex justify-end">
          <Button type="submit" kind="primary" isBusy={add.isPending}>
            {add.isPending ? 'Reading it' : 'Add the toolkit'}
          </Button>
        </div>
      </form>
    </Section>
  );
}

/** The addresses that can be used, and the programs that can be run. */
function waysOf({ remotes, packages }: RegistryServer) {
  const addresses = remotes.map(({ url, ...way }, at) => ({
    ...way,
    key: `remote ${at}`,
    words: url,
    asked: { remote: at },
  }));
  const programs = packages.map(({ registry_type: type, identifier, version, ...way }, at) => ({
    ...way,
    key: `package ${at}`,
    words: `${identifier} ${version ?? ''}, a program of ${type}`,
    asked: { package: at },
  }));
  return [...addresses, ...programs].filter(({ refusal }) => refusal === null);
}

function Value(props: { field: RegistryField; value: string; onChange: (value: string) => void }) {
  const { field, value, onChange } = props;
  const { display_name: label, description, is_secret: isSecret, is_for_all: isForAll, choices } = field;
  const who = isForAll
    ? 'The same for everybody.'
    : 'Empty: each user says it who connects an account. Given: the same for everybody, kept sealed.';
  const hint = [description, who].filter(Boolean).join(' ');
  if (choices) {
    return (
      <Field label={label} hint={hint}>
        {(ids) => (
          <Choice
            {...ids}
            label={label}
            required={isForAll}
            value={value}
            options={[['', isForAll ? 'Choose one' : 'Each user chooses'], ...choices.map(pair)]}
            onChange={onChange}
          />
        )}
      </Field>
    );
  }
  return (
    <TextField
      label={label}
      hint={hint}
      type={isSecret ? 'password' : 'text'}
      autoComplete={isSecret ? 'new-password' : 'off'}
      spellCheck={false}
      required={isForAll}
      maxLength={4000}
      placeholder={field.placeholder ?? ''}
      value={value}
      onChange={onChange}
    />
  );
}

const pair = (choice: string): [string, string] => [choice, choice];
