import { useNavigate, useSearch } from '@tanstack/react-router';
import { SignIn } from './sign-in.js';

/** Where a provider's sign-in ends when it failed. */
export function SignInPage() {
  const { error } = useSearch({ strict: false }) as { error?: string };
  const navigate = useNavigate();
  return <SignIn returnTo="/" failure={error} onDone={() => void navigate({ to: '/', replace: true })} />;
}
