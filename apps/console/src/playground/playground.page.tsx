import { useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { useAnswer, useList, useMay } from '../api/index.js';
import { MakeSession } from '../sessions/index.js';
import { Button, Choice, Empty, Failure, middle, PageHead, SearchBox, SkeletonLines } from '../ui/index.js';
import { Chat } from './chat.js';

/** A chat with the operator's own model that works through a session: what an agent would do, each step visible. */
export function PlaygroundPage() {
  const { session, user = '' } = useSearch({ strict: false }) as { session?: string; user?: string };
  const may = useMay('developer');
  const navigate = useNavigate();
  const [isMaking, setMaking] = useState(false);
  const [begun, setBegun] = useState(0);
  const settings = useAnswer('getPlayground', {});
  const sessions = useList('listSessions', { query: user.trim() ? { search: user.trim() } : {} });
  const change = (changes: Record<string, string | undefined>) =>
    void navigate({ to: '.', search: (before) => ({ ...before, ...changes }), replace: true });
  const listed = sessions.items.map(({ session_id: id, user_id: name }): [string, string] => [
    id,
    `${name.slice(0, 60)} · ${middle(id, 14)}`,
  ]);
  const isListed = session === undefined || listed.some(([id]) => id === session);
  const { data } = settings;
  return (
    <div className="flex min-h-0 flex-1 flex-col">
      <PageHead
        title="Playground"
        note={data?.model ? `What an agent would do, with ${data.model}.` : 'What an agent would do.'}
      >
        {session && data?.model && (
          <Button icon="refresh" onClick={() => setBegun(begun + 1)}>
            Begin anew
          </Button>
        )}
      </PageHead>
      {settings.error && !data ? (
        <Failure error={settings.error} what="The playground" onRetry={() => void settings.refetch()} />
      ) : !data ? (
        <SkeletonLines lines={6} />
      ) : data.model === null ? (
        <NoModel settings={data.settings} />
      ) : (
        <>
          <div className="flex flex-wrap items-center gap-2 border-b border-line px-4 pb-3 sm:px-6">
            <SearchBox
              label="User or session id"
              value={user}
              onChange={(text) => change({ user: text || undefined })}
              className="w-full sm:w-52"
            />
            <Choice
              label="Session"
              className="max-w-80 max-sm:w-full max-sm:max-w-full"
              value={session ?? ''}
              options={[
                ['', sessions.isPending ? 'Loading' : 'Choose a session'],
                ...(isListed ? [] : [[session, middle(session, 24)] as [string, string]]),
                ...listed,
              ]}
              onChange={(id) => change({ session: id || undefined })}
            />
            <Button icon="plus" disabled={!may} onClick={() => setMaking(true)}>
              New session
            </Button>
          </div>
          {session ? (
            <Chat key={`${session} ${begun}`} sessionId={session} model={data.model} />
          ) : (
            <Empty icon="playground" title="For whom shall it work?">
              A session says whose accounts and which tools the model has. Choose one above, or make one.
            </Empty>
          )}
        </>
      )}
      {isMaking && (
        <MakeSession
          onClose={() => setMaking(false)}
          onMade={(id) => {
            setMaking(false);
            change({ session: id, user: undefined });
          }}
        />
      )}
    </div>
  );
}

function NoModel({ settings }: { settings: string[] }) {
  return (
    <Empty icon="playground" title="No model is set up">
      <p>
        The playground works with a model of the operator’s own, at any OpenAI-compatible address. These
        settings of the platform say which:
      </p>
      <ul className="mt-3 font-mono text-sm text-ink">
        {settings.map((name) => (
          <li key={name}>{name}</li>
        ))}
      </ul>
    </Empty>
  );
}
