import { useNavigate } from '@tanstack/react-router';
import { SignIn } from './sign-in.js';

/** The sign-in at an address of its own. */
export function SignInPage() {
  const navigate = useNavigate();
  return <SignIn returnTo="/" onDone={() => void navigate({ to: '/', replace: true })} />;
}
