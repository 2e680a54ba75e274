import { useState } from 'react';
import { useAct, useAnswer, useMay } from '../api/index.js';
import { Button, Failure, Id, reasonOf, TextField } from '../ui/index.js';

/** A session: the tools that one user may use. */
export function SessionStep(props: {
  toolkit: string;
  session: string | undefined;
  onMade: (id: string) => void;
}) {
  const [userId, setUserId] = useState('user_1');
  const mayMake = useMay('developer');
  const make = useAct('createSession', { onDone: ({ session_id }) => props.onMade(session_id) });
  const { data, error } = useAnswer(
    'getSession',
    { path: { sessionId: props.session ?? '' } },
    { enabled: props.session !== undefined },
  );
  if (props.session)
    return error && !data ? (
      <Failure error={error} what="The session" />
    ) : (
      <div className="flex flex-wrap items-center gap-x-4 gap-y-1 rounded-lg p-3 ring-1 ring-line ring-inset">
        <Id value={props.session} longest={40} />
        <span className="min-w-0 truncate text-soft">
          {data && (
            <>
              for <bdi className="text-ink">{data.config.user_id}</bdi>
            </>
          )}
        </span>
      </div>
    );
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        make.mutate({ body: { user_id: userId.trim(), toolkits: { enable: [props.toolkit] } } });
      }}
    >
      <TextField
        label="User"
        hint="Any id by which your product knows them. A session is theirs alone."
        className="max-w-sm"
        value={userId}
        required
        maxLength={256}
        onChange={setUserId}
      />
      {make.error && (
        <p role="alert" className="mb-3 text-sm break-words text-bad">
          {reasonOf(make.error)}
        </p>
      )}
      <Button
        type="submit"
        kind="primary"
        isBusy={make.isPending}
        disabled={!mayMake || userId.trim() === ''}
      >
        Make the session
      </Button>
      {!mayMake && <p className="mt-2 text-xs text-soft">Your role may look, not make one.</p>}
    </form>
  );
}
