import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { useAct, useAnswer, useMay, useScope } from '../api/index.js';
import { JsonView } from '../json/index.js';
import {
  Button,
  buttonClass,
  Confirm,
  Facts,
  Failure,
  Id,
  Section,
  SkeletonLines,
  Tabs,
} from '../ui/index.js';
import { ChangeSession } from './change-session.js';
import { SessionAccounts, SessionFiles, SessionTools } from './session-lists.js';
import { SessionVersions } from './session-versions.js';
import { Timeline } from './timeline.js';
import { Workbench } from './workbench.js';

/** One session: what it may use, and its story beside it as it grows. */
export function SessionPage() {
  const { session: id = '' } = useParams({ strict: false }) as { session?: string };
  const { tab = 'scope' } = useSearch({ strict: false }) as { tab?: string };
  const { project } = useScope();
  const may = useMay('developer');
  const navigate = useNavigate();
  const [isAsking, setAsking] = useState(false);
  const [isChanging, setChanging] = useState(false);
  const { data, error, refetch } = useAnswer('getSession', { path: { sessionId: id } }, { every: 15_000 });
  const remove = useAct('deleteSession');
  const story = (
    <section aria-label="Timeline" className="flex min-h-0 flex-col">
      <h2 className="px-4 pt-4 pb-2 text-sm font-semibold">Timeline</h2>
      <Timeline sessionId={id} />
    </section>
  );
  return (
    <div className="flex min-h-0 flex-1 max-lg:flex-col max-lg:overflow-y-auto">
      <div className="flex min-h-0 min-w-0 flex-1 flex-col max-lg:flex-none">
        <div className="flex flex-wrap items-start justify-between gap-3 px-4 pt-4 pb-3 sm:px-6">
          <div className="min-w-0">
            <h1 className="truncate text-xl font-semibold">
              {data ? <bdi>{data.config.user_id}</bdi> : 'Session'}
            </h1>
            <p className="flex items-center gap-3 text-sm text-soft">
              <Id value={id} longest={40} />
              {data && `version ${data.config_version}`}
            </p>
          </div>
          {data && may && (
            <div className="flex flex-wrap gap-2">
              <Link
                to={'/p/$project/playground' as '/p/$project'}
                params={{ project: project.id }}
                search={{ session: id }}
                className={buttonClass()}
              >
                Try in the playground
              </Link>
              <Button icon="pencil" onClick={() => setChanging(true)}>
                Change
              </Button>
              <Button kind="danger" icon="trash" onClick={() => setAsking(true)}>
                Delete
              </Button>
            </div>
          )}
        </div>
        {error && !data ? (
          <Failure error={error} what="The session" onRetry={() => void refetch()} />
        ) : !data ? (
          <SkeletonLines lines={8} />
        ) : (
          <Tabs
            label="Session"
            value={tab}
            onChange={(value) =>
              void navigate({
                to: '.',
                search: (before) => ({ ...before, tab: value === 'scope' ? undefined : value }),
                replace: true,
              })
            }
            tabs={[
              {
                value: 'scope',
                title: 'Scope',
                content: (
                  <>
                    <Section title="Where it is used">
                      <Facts
                        facts={[
                          ['MCP endpoint', <Id key="mcp" value={data.mcp.url} longest={64} />],
                          [
                            'Tools of the agent',
                            <ul key="tools" className="font-mono">
                              {data.tool_router_tools.map((slug) => (
                                <li key={slug} className="truncate">
                                  {slug}
                                </li>
                              ))}
                            </ul>,
                          ],
                          ['Saved config', data.experimental?.source_session_config?.id],
                        ]}
                      />
                    </Section>
                    <JsonView title="Configuration" value={data.config} name={id} />
                  </>
                ),
              },
              { value: 'tools', title: 'Tools', content: <SessionTools sessionId={id} /> },
              { value: 'accounts', title: 'Accounts', content: <SessionAccounts sessionId={id} /> },
              { value: 'files', title: 'Files', content: <SessionFiles sessionId={id} /> },
              {
                value: 'workbench',
                title: 'Workbench',
                content: <Workbench sessionId={id} isEnabled={data.config.workbench.enable} />,
              },
              { value: 'versions', title: 'Versions', content: <SessionVersions sessionId={id} /> },
            ]}
          />
        )}
      </div>
      <div className="flex min-h-0 flex-col border-line max-lg:border-t lg:w-96 lg:border-l">{story}</div>
      {isChanging && data && <ChangeSession session={data} onClose={() => setChanging(false)} />}
      <Confirm
        isOpen={isAsking}
        onClose={() => setAsking(false)}
        title="Delete the session"
        loss="Its files, its workbench and its MCP endpoint end at once, and clients that use it are refused. Its calls stay on record, and accounts stay with their user. This cannot be undone."
        deed="Delete the session"
        act={() =>
          remove
            .mutateAsync({ path: { sessionId: id } })
            .then(() => navigate({ to: '/p/$project/sessions', params: { project: project.id } }))
        }
      />
    </div>
  );
}
