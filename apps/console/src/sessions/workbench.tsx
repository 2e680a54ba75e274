import { useState } from 'react';
import { useAct, useMay } from '../api/index.js';
import { JsonView } from '../json/index.js';
import { Button, Field, reasonOf, Section } from '../ui/index.js';

/** A cell to run in the session's sandbox. Its variables stay from one run to the next. */
export function Workbench({ sessionId, isEnabled }: { sessionId: string; isEnabled: boolean }) {
  const [code, setCode] = useState('');
  const may = useMay('developer');
  const run = useAct('executeSessionMetaTool', { timeoutMs: 300_000 });
  if (!isEnabled)
    return (
      <p className="px-4 py-6 text-sm text-soft sm:px-6">
        This session has no workbench: its configuration leaves it out.
      </p>
    );
  return (
    <>
      <Section title="Run Python in the session’s sandbox">
        <form
          onSubmit={(event) => {
            event.preventDefault();
            run.mutate({
              path: { sessionId },
              body: { slug: 'COMPOSIO_REMOTE_WORKBENCH', arguments: { code_to_execute: code } },
            });
          }}
        >
          <Field label="Cell" hint="What it prints, and its last value, come back.">
            {(given) => (
              <textarea
                {...given}
                className="input min-h-32 font-mono"
                spellCheck={false}
                required
                maxLength={100_000}
                value={code}
                onChange={(event) => setCode(event.target.value)}
              />
            )}
          </Field>
          <Button type="submit" kind="primary" icon="play" isBusy={run.isPending} disabled={!may}>
            Run the cell
          </Button>
        </form>
        {run.error && (
          <p role="alert" className="mt-3 text-sm break-words text-bad">
            {reasonOf(run.error)}
          </p>
        )}
      </Section>
      {run.data && (
        <div aria-live="polite">
          {run.data.error && (
            <p className="px-4 text-sm break-words whitespace-pre-wrap text-bad sm:px-6">{run.data.error}</p>
          )}
          <JsonView title="What came of it" value={run.data.data} name={`${sessionId}-cell`} />
        </div>
      )}
    </>
  );
}
