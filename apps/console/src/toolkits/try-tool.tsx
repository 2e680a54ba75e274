import type { Answer, BodyOf } from '@patchbay/client';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useAct, useAnswer, useList, useMay, useScope } from '../api/index.js';
import { SchemaForm } from '../forms/index.js';
import { JsonView } from '../json/index.js';
import { callSnippet, sampleOf } from '../snippets/index.js';
import {
  Button,
  buttonClass,
  Choice,
  Empty,
  Field,
  Icon,
  reasonOf,
  Section,
  Snippet,
  Status,
  TextField,
} from '../ui/index.js';

type Tool = Answer<'getTool'>;

/** Runs the tool as a user with an account, from a form of its schema. */
export function TryTool({ tool }: { tool: Tool }) {
  const { project } = useScope();
  const mayRun = useMay('developer');
  const toolkit = useAnswer('getToolkit', { path: { slug: tool.toolkit.slug } });
  const accounts = useList(
    'listConnectedAccounts',
    { query: { toolkit_slugs: [tool.toolkit.slug], statuses: ['ACTIVE'], account_type: 'ALL' } },
    { enabled: !tool.no_auth },
  );
  const [accountId, setAccountId] = useState('');
  const [userId, setUserId] = useState('console');
  const [args, setArgs] = useState<Record<string, unknown>>(
    () => sampleOf({ type: 'object', ...onlyGiven(tool.input_parameters) }) as Record<string, unknown>,
  );
  const [began, setBegan] = useState(0);
  const run = useAct('executeTool');

  const usable = accounts.items.filter(({ is_disabled }) => !is_disabled);
  const account = usable.find(({ id }) => id === accountId) ?? usable[0];
  const needsAccount = !tool.no_auth && (toolkit.data?.auth_config_details.length ?? 1) > 0;
  const body: BodyOf<'executeTool'> = {
    ...(needsAccount && account
      ? { user_id: account.user_id, connected_account_id: account.id }
      : { user_id: userId }),
    arguments: args,
  };

  if (needsAccount && !accounts.isPending && usable.length === 0)
    return (
      <Empty
        icon="accounts"
        title={`Nobody has connected ${tool.toolkit.name} yet`}
        act={
          <Link
            to="/p/$project/start"
            params={{ project: project.id }}
            search={{ toolkit: tool.toolkit.slug }}
            className={buttonClass('primary')}
          >
            Connect an account
          </Link>
        }
      >
        The tool runs as a user, with the account that they connected.
      </Empty>
    );
  return (
    <>
      <Section title="Run it">
        {needsAccount ? (
          <Field label="As" hint="The user, with this account of theirs.">
            {(given) => (
              <Choice
                {...given}
                label="Account"
                className="w-full max-w-full"
                value={account?.id ?? ''}
                options={usable.map(({ id, user_id, alias }): [string, string] => [
                  id,
                  `${user_id} · ${alias ?? id}`,
                ])}
                onChange={setAccountId}
              />
            )}
          </Field>
        ) : (
          <TextField
            label="As the user"
            hint="It needs no account."
            value={userId}
            required
            maxLength={256}
            onChange={setUserId}
          />
        )}
        <SchemaForm
          schema={tool.input_parameters}
          value={args}
          onChange={setArgs}
          onSubmit={(values) => {
            setBegan(Date.now());
            run.mutate({ path: { slug: tool.slug }, body: { ...body, arguments: values } });
          }}
        >
          <div className="flex items-center gap-3">
            <Button type="submit" kind="primary" icon="play" isBusy={run.isPending} disabled={!mayRun}>
              Run {tool.slug}
            </Button>
            {!mayRun && <span className="text-xs text-soft">Your role may look, not run.</span>}
          </div>
        </SchemaForm>
      </Section>
      <div aria-live="polite">
        {run.error && (
          <div className="mx-4 rounded-lg bg-bad-soft p-3 sm:mx-6">
            <Status tone="bad" word="It was not run" />
            <p className="mt-1 text-sm break-words">{reasonOf(run.error)}</p>
          </div>
        )}
        {run.data && <Result key={began} result={run.data} tool={tool} />}
      </div>
      <Section title="The same from a program">
        <Snippet
          label="Command"
          text={callSnippet({ baseUrl: window.location.origin, tool: tool.slug, body })}
        />
      </Section>
    </>
  );
}

function Result({ result, tool }: { result: Answer<'executeTool'>; tool: Tool }) {
  const { project } = useScope();
  return (
    <>
      <div className="flex items-center gap-4 px-4 sm:px-6">
        <Status
          tone={result.successful ? 'good' : 'bad'}
          word={result.successful ? 'Succeeded' : 'Failed'}
          isBoxed
        />
        {result.log_id && (
          <Link
            to="/p/$project/calls/$call"
            params={{ project: project.id, call: result.log_id }}
            className="inline-flex items-center gap-1 text-sm text-accent hover:underline"
          >
            The call on record <Icon name="right" size={12} />
          </Link>
        )}
      </div>
      {result.error && (
        <p className="mt-2 px-4 text-sm break-words whitespace-pre-wrap text-bad sm:px-6">{result.error}</p>
      )}
      <JsonView title="Answer" value={result.data} name={`${tool.slug}-answer`} />
    </>
  );
}

/** Of the fields, those whose schema itself says a value: a guess in the others would be sent by mistake. */
function onlyGiven(schema: Record<string, unknown>): object {
  const properties = (schema['properties'] ?? {}) as Record<string, Record<string, unknown>>;
  const required = (Array.isArray(schema['required']) ? (schema['required'] as string[]) : []).filter(
    (name) =>
      ['default', 'example', 'examples', 'const'].some((key) => properties[name]?.[key] !== undefined),
  );
  return { properties, required };
}
