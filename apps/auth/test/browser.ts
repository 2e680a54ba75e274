import type { completeOAuth, ConnectOutcome, OutputOf } from '@patchbay/contracts';

/** The browser that the tests' people use, as the gateway tells it. */
export const BROWSER = 'b'.repeat(64);

/** Of a sign-in that no verifier of the developer's has to confirm. */
export function outcomeOf(answer: OutputOf<typeof completeOAuth>): ConnectOutcome {
  if ('redirectUrl' in answer) throw new Error('The browser was sent to a verifier');
  return answer;
}
