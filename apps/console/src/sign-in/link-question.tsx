import type { ConsoleSession } from '../api/index.js';
import { Button } from '../ui/index.js';
import { Mark } from './sign-in.js';

interface LinkQuestionProps {
  person: ConsoleSession['person'];
  onSignIn: () => void;
  onStay: () => void;
}

/** Before a link takes the place of who is signed in: a stranger's link must not make them work in the stranger's name unasked. */
export function LinkQuestion({ person, onSignIn, onStay }: LinkQuestionProps) {
  return (
    <main className="flex min-h-full items-center justify-center p-4">
      <title>Sign in · Patchbay</title>
      <div className="w-full max-w-88 rounded-2xl bg-paper p-6 ring-1 ring-line sm:p-8">
        <Mark />
        <h1 className="mt-4 text-xl font-semibold">Sign in by this link?</h1>
        <p className="mt-2 break-words text-soft">
          You are signed in as <bdi className="text-ink">{person.email}</bdi>. The link may be somebody
          else’s: what you do afterwards is done in their name. Go on only if you asked for it.
        </p>
        <div className="mt-5 flex flex-col gap-2">
          <Button kind="primary" className="h-10" autoFocus onClick={onStay}>
            Stay signed in as you are
          </Button>
          <Button className="h-10" onClick={onSignIn}>
            Sign in by the link
          </Button>
        </div>
      </div>
    </main>
  );
}
