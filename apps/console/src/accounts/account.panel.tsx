import { Link } from '@tanstack/react-router';
import { useAnswer, useScope } from '../api/index.js';
import { JsonView } from '../json/index.js';
import { schemeName } from '../schemes/index.js';
import {
  AccountStatus,
  exactly,
  Facts,
  Failure,
  Id,
  Panel,
  Section,
  SkeletonLines,
  Time,
} from '../ui/index.js';
import { AccountActs } from './account-acts.js';
import { whyOf } from './why.js';

/** One user's sign-in: how it stands and why, what it may do, and what can be done about it. */
export function AccountPanel({ id, onClose }: { id: string; onClose: () => void }) {
  const { data, error, refetch } = useAnswer('getConnectedAccount', { path: { id } }, { every: 5_000 });
  const history = useAnswer('listAuditEvents', { query: { target_id: id, limit: 20 } });
  const { project } = useScope();
  if (!data)
    return (
      <Panel label="Connected account" title="Connected account" onClose={onClose}>
        {error ? (
          <Failure error={error} what="The account" onRetry={() => void refetch()} />
        ) : (
          <SkeletonLines lines={8} />
        )}
      </Panel>
    );
  const why = whyOf(data);
  return (
    <Panel
      label="Connected account"
      onClose={onClose}
      title={
        <span className="flex items-center gap-3">
          <AccountStatus status={data.status} isDisabled={data.is_disabled} isBoxed />
          <span className="truncate font-medium">{data.toolkit.slug}</span>
        </span>
      }
    >
      <div className="px-4 pt-4 sm:px-6">
        <p className="font-medium">{why.title}</p>
        <p className="mt-0.5 break-words text-soft">{why.advice}</p>
        {data.status_reason && (
          <p className="mt-2 max-h-40 overflow-auto rounded-lg bg-back p-3 text-sm break-words whitespace-pre-wrap">
            {data.status_reason}
          </p>
        )}
        <AccountActs account={data} onDeleted={onClose} />
      </div>
      <Section title="Account">
        <Facts
          facts={[
            ['Id', <Id key="id" value={data.id} longest={40} />],
            ['User', <bdi key="user">{data.user_id}</bdi>],
            ['Name', <bdi key="alias">{data.alias ?? data.word_id}</bdi>],
            ['Signs in by', schemeName(data.auth_config.auth_scheme)],
            [
              'Auth config',
              <Link
                key="config"
                to={`/p/$project/auth-configs/${data.auth_config.id}` as '/p/$project'}
                params={{ project: project.id }}
                className="font-mono text-accent hover:underline"
              >
                {data.auth_config.id}
              </Link>,
            ],
            [
              'Auth config is',
              data.auth_config.is_disabled ? 'disabled: its accounts do not work' : undefined,
            ],
            ['Shared', sharingOf(data.experimental)],
            ['Made', <span key="made">{exactly(new Date(data.created_at))}</span>],
            [
              'Changed',
              <span key="changed">
                {exactly(new Date(data.updated_at))} (<Time at={data.updated_at} />)
              </span>,
            ],
            [
              'Calls',
              <Link
                key="calls"
                to="/p/$project/calls"
                params={{ project: project.id }}
                search={{ account: data.id }}
                className="text-accent hover:underline"
              >
                All calls with it
              </Link>,
            ],
          ]}
        />
      </Section>
      <Section title="What happened to it">
        {history.error ? (
          <p className="text-sm text-soft">Its history cannot be had at the moment.</p>
        ) : history.data?.items.length === 0 ? (
          <p className="text-sm text-soft">Nothing is on the audit.</p>
        ) : (
          <ol className="space-y-2 text-sm">
            {history.data?.items.map((act) => (
              <li key={act.id} className="flex justify-between gap-4">
                <span className="min-w-0 break-words">
                  {act.action.replace('connected_account.', '').replaceAll('_', ' ')}
                  <span className="text-soft">
                    {' '}
                    by {act.actor.name ?? act.actor.kind.replace('_', ' ')}
                    {act.reason ? `: ${act.reason}` : ''}
                  </span>
                </span>
                <Time at={act.timestamp} className="text-soft" />
              </li>
            ))}
          </ol>
        )}
      </Section>
      <JsonView title="What is kept, secrets masked" value={data.data} name={data.id} />
    </Panel>
  );
}

function sharingOf(sharing: {
  account_type: string;
  acl_config_for_shared?: { allow_all_users: boolean; allowed_user_ids: string[] };
}) {
  if (sharing.account_type !== 'SHARED') return undefined;
  if (sharing.acl_config_for_shared?.allow_all_users) return 'with every user';
  return `with ${sharing.acl_config_for_shared?.allowed_user_ids.length ?? 0} users`;
}
