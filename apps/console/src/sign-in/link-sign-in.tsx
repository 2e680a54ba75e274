import { useQuery } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import {
  readSignInLink,
  setFirstPassword,
  signInByLink,
  type ConsoleSession,
  type LinkHolder,
} from '../api/index.js';
import { Button, reasonOf, SkeletonLines, TextField } from '../ui/index.js';
import { SignInFrame } from './frame.js';
import { SignIn } from './sign-in.js';
import { useEnter } from './use-enter.js';

interface LinkSignInProps {
  token: string;
  /** Who is signed in already. */
  present?: ConsoleSession['person'] | undefined;
  returnTo: string;
  onDone: () => void;
}

/**
 * Asks before a one-time link is used. Nobody's preview uses it up so, and a stranger's link makes nobody work in the stranger's name
 * unasked.
 */
export function LinkSignIn({ token, present, returnTo, onDone }: LinkSignInProps) {
  const { data: holder, error } = useQuery({
    queryKey: ['sign-in', 'link'],
    queryFn: () => readSignInLink(token),
    staleTime: Infinity,
    gcTime: 0,
    retry: false,
  });
  if (error && !present) return <SignIn returnTo={returnTo} failure={reasonOf(error)} onDone={onDone} />;
  if (!holder && !error)
    return (
      <SignInFrame title="Sign in to Patchbay">
        <SkeletonLines lines={3} />
      </SignInFrame>
    );
  if (present) return <Question {...{ token, present, holder, onDone }} failure={error} />;
  return holder?.is_new ? (
    <Invitation {...{ token, holder, onDone }} />
  ) : (
    <OneButton {...{ token, holder: holder!, onDone }} />
  );
}

function OneButton({ token, holder, onDone }: { token: string; holder: LinkHolder; onDone: () => void }) {
  const { enter, error, isBusy } = useEnter(onDone);
  return (
    <SignInFrame title="Sign in to Patchbay" error={error}>
      <p className="mt-2 break-words text-soft">
        This link signs you in as <bdi className="text-ink">{holder.email}</bdi>, once.
      </p>
      <Button
        kind="primary"
        className="mt-5 h-10 w-full"
        autoFocus
        isBusy={isBusy}
        onClick={() => enter(signInByLink(token))}
      >
        <span className="truncate">Sign in as {holder.name}</span>
      </Button>
    </SignInFrame>
  );
}

function Question(props: {
  token: string;
  present: ConsoleSession['person'];
  holder: LinkHolder | undefined;
  failure: unknown;
  onDone: () => void;
}) {
  const { token, present, holder, failure, onDone } = props;
  const { enter, error, isBusy } = useEnter(onDone, holder ? undefined : reasonOf(failure));
  return (
    <SignInFrame title={holder ? 'Sign in by this link?' : 'This link does not work'} error={error}>
      <p className="mt-2 break-words text-soft">
        You are signed in as <bdi className="text-ink">{present.email}</bdi>.{' '}
        {holder && (
          <>
            The link is that of <bdi className="text-ink">{holder.email}</bdi>: what you do afterwards is done
            in their name. Go on only if you asked for it.
          </>
        )}
      </p>
      <div className="mt-5 flex flex-col gap-2">
        <Button kind="primary" className="h-10" autoFocus onClick={onDone}>
          Stay signed in as you are
        </Button>
        {holder && (
          <Button className="h-10" isBusy={isBusy} onClick={() => enter(signInByLink(token))}>
            <span className="truncate">Sign in as {holder.name}</span>
          </Button>
        )}
      </div>
    </SignInFrame>
  );
}

/** The first time: with a password, so that the next time needs no link. */
function Invitation({ token, holder, onDone }: { token: string; holder: LinkHolder; onDone: () => void }) {
  const { enter, error, isBusy } = useEnter(onDone);
  const [password, setPassword] = useState('');
  // The link is used by the first try; a password that was refused is tried again in the session that it opened.
  const [opened] = useState<{ session?: Promise<ConsoleSession> }>({});
  const open = () => {
    opened.session ??= signInByLink(token);
    opened.session.catch(() => delete opened.session);
    return opened.session;
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    enter(
      open().then(async (session) => {
        await setFirstPassword(session, password);
        return { ...session, person: { ...session.person, has_password: true } };
      }),
    );
  };
  return (
    <SignInFrame title="Welcome to Patchbay" error={error}>
      <p className="mt-2 break-words text-soft">
        You are invited as <bdi className="text-ink">{holder.email}</bdi>. Set a password to sign in by from
        now on.
      </p>
      <form className="mt-5" onSubmit={submit}>
        <input type="hidden" name="email" autoComplete="username" value={holder.email} />
        <TextField
          label="Password"
          hint="At least 12 characters."
          type="password"
          autoComplete="new-password"
          required
          minLength={12}
          maxLength={200}
          className="h-10"
          value={password}
          onChange={setPassword}
        />
        <Button type="submit" kind="primary" isBusy={isBusy} className="h-10 w-full">
          Set the password and go on
        </Button>
      </form>
      <Button kind="quiet" className="mt-2 h-10 w-full" disabled={isBusy} onClick={() => enter(open())}>
        Go on without a password
      </Button>
    </SignInFrame>
  );
}
