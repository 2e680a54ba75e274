import { Outlet, useLocation } from '@tanstack/react-router';
import { useState } from 'react';
import { useSessionQuery } from '../api/index.js';
import { dropToken, LinkQuestion, pendingToken, SignIn } from '../sign-in/index.js';
import { Failure, Icon } from '../ui/index.js';

/** Lets in who is signed in. Who is not signs in right here, and so is where they were once they are. */
export function SignedIn() {
  const { data: session, error, refetch } = useSessionQuery();
  const { href } = useLocation();
  const [link, setLink] = useState<'asked' | 'followed' | 'done'>(
    pendingToken() === undefined ? 'done' : 'asked',
  );
  if (error) return <Failure error={error} what="Your session" onRetry={() => void refetch()} />;
  if (session === undefined)
    return (
      <div role="status" aria-label="Loading" className="flex h-full items-center justify-center text-soft">
        <Icon name="running" className="animate-spin" />
      </div>
    );
  if (session === null || link === 'followed')
    return <SignIn returnTo={href} followsLink onDone={() => setLink('done')} />;
  if (link === 'asked')
    return (
      <LinkQuestion
        person={session.person}
        onSignIn={() => setLink('followed')}
        onStay={() => {
          dropToken();
          setLink('done');
        }}
      />
    );
  return <Outlet />;
}
