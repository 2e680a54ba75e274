import { useState } from 'react';
import { setSession, type ConsoleSession } from '../api/index.js';
import { reasonOf } from '../ui/index.js';

/** Takes whoever is given into the console, or says why not. */
export function useEnter(onDone?: () => void, failure?: string) {
  const [error, setError] = useState<string | undefined>(failure);
  const [isBusy, setBusy] = useState(false);
  const enter = (session: Promise<ConsoleSession>) => {
    setBusy(true);
    setError(undefined);
    session
      .then(
        (given) => {
          setSession(given);
          onDone?.();
        },
        (reason: unknown) => setError(reasonOf(reason)),
      )
      .finally(() => setBusy(false));
  };
  return { enter, error, isBusy };
}
