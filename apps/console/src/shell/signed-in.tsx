import { Outlet, useLocation } from '@tanstack/react-router';
import { useState } from 'react';
import { useSessionQuery } from '../api/index.js';
import { dropToken, LinkSignIn, pendingToken, SignIn } from '../sign-in/index.js';
import { Failure, Icon } from '../ui/index.js';

/** Lets in who is signed in. Who is not signs in right here, and so is where they were once they are. */
export function SignedIn() {
  const { data: session, error, refetch } = useSessionQuery();
  const { href } = useLocation();
  const [token, setToken] = useState(pendingToken);
  if (error) return <Failure error={error} what="Your session" onRetry={() => void refetch()} />;
  if (session === undefined)
    return (
      <div role="status" aria-label="Loading" className="flex h-full items-center justify-center text-soft">
        <Icon name="running" className="animate-spin" />
      </div>
    );
  if (token !== undefined) {
    const done = () => {
      dropToken();
      setToken(undefined);
    };
    return <LinkSignIn token={token} present={session?.person} returnTo={href} onDone={done} />;
  }
  return session === null ? <SignIn returnTo={href} /> : <Outlet />;
}
