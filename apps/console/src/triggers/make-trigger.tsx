import { Link, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useAct, useList, useMay, useScope } from '../api/index.js';
import { SchemaForm } from '../forms/index.js';
import { triggerSnippet } from '../snippets/index.js';
import {
  Button,
  buttonClass,
  Choice,
  Empty,
  Failure,
  Field,
  notify,
  reasonOf,
  Section,
  SkeletonLines,
  Snippet,
} from '../ui/index.js';
import { Needs } from './needs.js';
import type { TriggerType } from './words.js';

/** Makes a trigger of the type for a user's account, from a form of its settings. */
export function MakeTrigger({ type }: { type: TriggerType }) {
  const { project } = useScope();
  const may = useMay('developer');
  const navigate = useNavigate();
  const accounts = useList('listConnectedAccounts', {
    query: { toolkit_slugs: [type.toolkit.slug], statuses: ['ACTIVE'], account_type: 'ALL' },
  });
  const [accountId, setAccountId] = useState('');
  const [config, setConfig] = useState<Record<string, unknown>>({});
  const make = useAct('upsertTrigger', {
    onDone: ({ trigger_id: item }) => {
      notify('The trigger is enabled');
      void navigate({
        to: '/p/$project/triggers/$section/$item',
        params: { project: project.id, section: 'instances', item },
        search: {},
      });
    },
  });
  if (accounts.error && accounts.items.length === 0)
    return <Failure error={accounts.error} what="The accounts" onRetry={() => accounts.reload()} />;
  if (accounts.isPending) return <SkeletonLines />;
  const usable = accounts.items.filter(({ is_disabled }) => !is_disabled);
  const account = usable.find(({ id }) => id === accountId) ?? usable[0];
  if (!account)
    return (
      <Empty
        icon="accounts"
        title={`Nobody has connected ${type.toolkit.name} yet`}
        act={
          <Link
            to="/p/$project/start"
            params={{ project: project.id }}
            search={{ toolkit: type.toolkit.slug }}
            className={buttonClass('primary')}
          >
            Connect an account
          </Link>
        }
      >
        A trigger watches with the account of a user.
      </Empty>
    );
  return (
    <>
      <Section title="For whom, and what">
        <Needs type={type} />
        <Field label="As" hint="The user, with this account of theirs.">
          {(given) => (
            <Choice
              {...given}
              label="Account"
              className="w-full max-w-full"
              value={account.id}
              options={usable.map(({ id, user_id, alias }): [string, string] => [
                id,
                `${user_id} · ${alias ?? id}`,
              ])}
              onChange={setAccountId}
            />
          )}
        </Field>
        {accounts.hasMore && (
          <Button
            isSmall
            className="mb-4"
            isBusy={accounts.isLoadingMore}
            onClick={() => accounts.loadMore()}
          >
            More accounts
          </Button>
        )}
        <SchemaForm
          schema={type.config}
          value={config}
          onChange={setConfig}
          onSubmit={(values) =>
            make.mutate({
              path: { slug: type.slug },
              body: { connected_account_id: account.id, user_id: account.user_id, trigger_config: values },
            })
          }
        >
          <div className="flex items-center gap-3">
            <Button
              type="submit"
              kind="primary"
              icon="triggers"
              isBusy={make.isPending}
              disabled={!may || !type.is_available}
            >
              Make the trigger
            </Button>
            {!may && <span className="text-xs text-soft">Your role may look, not make.</span>}
          </div>
        </SchemaForm>
        {make.error && (
          <p role="alert" className="mt-3 rounded-lg bg-bad-soft p-3 text-sm break-words">
            {reasonOf(make.error)}
          </p>
        )}
      </Section>
      <Section title="The same from a program">
        <Snippet
          label="Command"
          text={triggerSnippet({
            baseUrl: window.location.origin,
            slug: type.slug,
            userId: account.user_id,
            config,
          })}
        />
      </Section>
    </>
  );
}
