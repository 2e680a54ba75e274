import { useQuery } from '@tanstack/react-query';
import { useEffect, useState, type FormEvent } from 'react';
import {
  oidcAddress,
  setSession,
  signInByLink,
  signInByPassword,
  signInWays,
  type ConsoleSession,
} from '../api/index.js';
import { Button, buttonClass, Failure, Field, Icon, reasonOf, SkeletonLines } from '../ui/index.js';
import { dropToken, pendingToken } from './link-token.js';

interface SignInProps {
  /** Where one is, and comes back to from a provider: a path of the console. */
  returnTo: string;
  /** What a provider's sign-in ended with. */
  failure?: string | undefined;
  /** Whether the address's one-time link is followed: not before it is known that it takes nobody's place unasked. */
  followsLink?: boolean;
  onDone?: () => void;
}

export function SignIn({ returnTo, failure, followsLink = false, onDone }: SignInProps) {
  const ways = useQuery({ queryKey: ['sign-in'], queryFn: signInWays });
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

  useEffect(() => {
    const token = followsLink ? pendingToken() : undefined;
    if (token === undefined) return;
    dropToken();
    enter(signInByLink(token));
  });

  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const [email, password] = [form.get('email'), form.get('password')];
    if (typeof email === 'string' && typeof password === 'string') enter(signInByPassword(email, password));
  };

  return (
    <main className="flex min-h-full items-center justify-center p-4">
      <title>Sign in · Patchbay</title>
      <div className="w-full max-w-88 rounded-2xl bg-paper p-6 ring-1 ring-line sm:p-8">
        <Mark />
        <h1 className="mt-4 text-xl font-semibold">Sign in to Patchbay</h1>
        {error !== undefined && (
          <p role="alert" className="mt-4 flex gap-2 rounded-lg bg-bad-soft p-3 break-words text-ink">
            <Icon name="attention" className="mt-0.5 text-bad" />
            <span className="min-w-0">{error}</span>
          </p>
        )}
        {ways.error ? (
          <Failure error={ways.error} what="The sign-in" onRetry={() => void ways.refetch()} />
        ) : !ways.data ? (
          <SkeletonLines lines={3} />
        ) : (
          <>
            {ways.data.oidc && (
              <a
                href={oidcAddress(`/console${returnTo}`)}
                className={`${buttonClass('primary')} mt-5 h-10 w-full`}
              >
                Continue with {ways.data.oidc.name}
              </a>
            )}
            {ways.data.password && (
              <form onSubmit={submit} className="mt-5">
                <Field label="E-mail">
                  {(given) => (
                    <input
                      {...given}
                      name="email"
                      type="email"
                      required
                      autoComplete="username"
                      className="input h-10"
                    />
                  )}
                </Field>
                <Field label="Password">
                  {(given) => (
                    <input
                      {...given}
                      name="password"
                      type="password"
                      required
                      autoComplete="current-password"
                      className="input h-10"
                    />
                  )}
                </Field>
                <Button
                  type="submit"
                  kind={ways.data.oidc ? 'plain' : 'primary'}
                  isBusy={isBusy}
                  className="h-10 w-full"
                >
                  Sign in
                </Button>
              </form>
            )}
            {ways.data.link && (
              <p className="mt-5 text-sm text-soft">
                On your own machine, <code className="font-mono text-ink">npm start</code> prints a link that
                signs you in once. An owner can make one for you, too.
              </p>
            )}
          </>
        )}
      </div>
    </main>
  );
}

/** The product's sign. */
export function Mark({ size = 32 }: { size?: number }) {
  return (
    <svg viewBox="0 0 32 32" width={size} height={size} aria-hidden="true" className="shrink-0">
      <rect width="32" height="32" rx="8" className="fill-accent" />
      <g fill="none" strokeWidth="2.5" strokeLinecap="round" className="stroke-on-accent">
        <circle cx="10" cy="10" r="2.5" />
        <circle cx="22" cy="22" r="2.5" />
        <path d="M12.5 10H17a5 5 0 0 1 5 5v4.5" />
      </g>
    </svg>
  );
}
