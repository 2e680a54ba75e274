import type { Answer } from '@patchbay/client';
import { useAct } from '../api/index.js';
import { Button, reasonOf, Section, Status, type Tone } from '../ui/index.js';

const OUTCOMES: Record<Answer<'checkAuthConfig'>['outcome'], [tone: Tone, word: string]> = {
  accepted: ['good', 'Accepted'],
  refused: ['bad', 'Refused'],
  unreachable: ['bad', 'Not reached'],
  unknown: ['off', 'Cannot be known yet'],
};

/** Asks the provider whether it takes the app, as far as that can be known without a user. */
export function CheckConfig({ id, may }: { id: string; may: boolean }) {
  const check = useAct('checkAuthConfig', { timeoutMs: 60_000 });
  const [tone, word] = OUTCOMES[check.data?.outcome ?? 'unknown'];
  return (
    <Section
      title="Do its credentials work?"
      actions={
        <Button
          isSmall
          icon="refresh"
          disabled={!may}
          isBusy={check.isPending}
          onClick={() => check.mutate({ path: { id } })}
        >
          Ask the provider
        </Button>
      }
    >
      <div aria-live="polite" className="text-sm">
        {check.error ? (
          <p className="break-words text-bad">{reasonOf(check.error)}</p>
        ) : check.data ? (
          <>
            <Status tone={tone} word={word} isBoxed />
            <p className="mt-2 max-w-prose">{check.data.message}</p>
            {check.data.answer && (
              <p className="mt-1 break-words text-soft">
                It said: <bdi>{check.data.answer}</bdi>
              </p>
            )}
          </>
        ) : (
          <p className="text-soft">Nobody signs in for it, and nothing is left behind.</p>
        )}
      </div>
    </Section>
  );
}
