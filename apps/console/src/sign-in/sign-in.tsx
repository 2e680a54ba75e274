import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import {
  beginSignInByProvider,
  providerSignOut,
  signInByPassword,
  signInWays,
  type SignInWays,
} from '../api/index.js';
import { Button, buttonClass, Failure, reasonOf, SkeletonLines, TextField } from '../ui/index.js';
import { SignInFrame } from './frame.js';
import { useEnter } from './use-enter.js';

interface SignInProps {
  /** Where one is, and comes back to from a provider: a path of the console. */
  returnTo: string;
  /** What a link or a provider's sign-in ended with. */
  failure?: string | undefined;
  onDone?: () => void;
}

/** Everything by which somebody can say who they are, without a link. */
export function SignIn({ returnTo, failure, onDone }: SignInProps) {
  const ways = useQuery({ queryKey: ['sign-in'], queryFn: signInWays });
  const { enter, error, isBusy } = useEnter(onDone, failure);
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const elsewhere = providerSignOut();
  return (
    <SignInFrame title="Sign in to Patchbay" error={error}>
      {ways.error ? (
        <Failure error={ways.error} what="The sign-in" onRetry={() => void ways.refetch()} />
      ) : !ways.data ? (
        <SkeletonLines lines={3} />
      ) : (
        <>
          {ways.data.oidc && <Provider provider={ways.data.oidc} returnTo={returnTo} />}
          {ways.data.oidc && elsewhere && (
            <p className="mt-3 text-sm text-soft">
              You are still signed in there.{' '}
              <a href={elsewhere} rel="noreferrer" className="text-accent underline">
                Sign out at {ways.data.oidc.name}, too
              </a>
            </p>
          )}
          {ways.data.password && (
            <form
              className="mt-5"
              onSubmit={(event) => {
                event.preventDefault();
                enter(signInByPassword(email, password));
              }}
            >
              <TextField
                label="E-mail"
                name="email"
                type="email"
                required
                autoComplete="username"
                className="h-10"
                value={email}
                onChange={setEmail}
              />
              <TextField
                label="Password"
                name="password"
                type="password"
                required
                autoComplete="current-password"
                className="h-10"
                value={password}
                onChange={setPassword}
              />
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
    </SignInFrame>
  );
}

function Provider(props: { provider: NonNullable<SignInWays['oidc']>; returnTo: string }) {
  const { name, page } = props.provider;
  const [error, setError] = useState<string>();
  const [isBusy, setBusy] = useState(false);
  const words = `Continue with ${name}`;
  // The provider comes back to that origin, which has to know the browser.
  if (new URL(page).origin !== window.location.origin)
    return (
      <a href={page} className={`${buttonClass('primary')} mt-5 h-10 w-full`}>
        {words}
      </a>
    );
  const begin = () => {
    setBusy(true);
    beginSignInByProvider(props.returnTo).catch((reason: unknown) => {
      setBusy(false);
      setError(reasonOf(reason));
    });
  };
  return (
    <>
      <Button kind="primary" className="mt-5 h-10 w-full" isBusy={isBusy} onClick={begin}>
        {words}
      </Button>
      {error !== undefined && (
        <p role="alert" className="mt-2 text-sm break-words text-bad">
          {error}
        </p>
      )}
    </>
  );
}
