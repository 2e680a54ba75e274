import { Navigate, Outlet, useLocation } from '@tanstack/react-router';
import { useSessionQuery } from '../api/index.js';
import { Failure, Icon } from '../ui/index.js';

/** Lets in who is signed in. Who is not comes back to where they were once they are. */
export function SignedIn() {
  const { data: session, error, refetch } = useSessionQuery();
  const { href, hash } = useLocation();
  if (error) return <Failure error={error} what="Your session" onRetry={() => void refetch()} />;
  if (session === undefined)
    return (
      <div role="status" aria-label="Loading" className="flex h-full items-center justify-center text-soft">
        <Icon name="running" className="animate-spin" />
      </div>
    );
  if (session === null || hash.startsWith('token='))
    return <Navigate to="/sign-in" search={{ return_to: href.split('#')[0] }} hash={hash} replace />;
  return <Outlet />;
}
