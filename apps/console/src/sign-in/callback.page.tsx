import { useQuery } from '@tanstack/react-query';
import { useNavigate, useRouter } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { placeBefore, setSession, signInByProvider } from '../api/index.js';
import { Icon, reasonOf } from '../ui/index.js';
import { SignIn } from './sign-in.js';

/** Once: each answer of a provider is good for one sign-in. */
function takeAnswer(): Record<string, string> {
  const answer = Object.fromEntries(new URLSearchParams(window.location.search));
  window.history.replaceState(null, '', window.location.pathname);
  return answer;
}

/** Where the operator's provider sends the browser back to. Its answer leaves the address before anything else looks at it. */
export function CallbackPage() {
  const [answer] = useState(takeAnswer);
  const router = useRouter();
  const navigate = useNavigate();
  const { data, error } = useQuery({
    queryKey: ['sign-in', 'by provider'],
    queryFn: () => signInByProvider(answer),
    staleTime: Infinity,
    gcTime: 0,
    retry: false,
  });
  useEffect(() => {
    if (!data) return;
    setSession(data);
    router.history.replace(`/console${placeBefore().replace(/^\/console(?=\/|$)/, '')}`);
  }, [data, router]);
  if (error)
    return (
      <SignIn
        returnTo="/"
        failure={reasonOf(error)}
        onDone={() => void navigate({ to: '/', replace: true })}
      />
    );
  return (
    <div role="status" aria-label="Signing in" className="flex h-full items-center justify-center text-soft">
      <Icon name="running" className="animate-spin" />
    </div>
  );
}
