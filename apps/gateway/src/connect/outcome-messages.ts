/** Why an account was not connected, and what the user can do about it. */
export interface OutcomeMessages {
  reason: string;
  next: string;
}

/** The provider does not accept the app, or its request: the user cannot change that. */
const SETUP = new Set([
  'invalid_client',
  'unauthorized_client',
  'incorrect_client_credentials',
  'bad_client_id',
  'bad_client_secret',
  'application_suspended',
  'invalid_request',
  'invalid_scope',
  'invalid_target',
  'redirect_uri_mismatch',
  'unsupported_response_type',
  'unsupported_grant_type',
  'address_refused',
  'no_auth_config',
]);

/** @param error the code of a failed outcome: ours, or the provider's */
export function outcomeMessages(error: string | null, toolkit: string, project: string): OutcomeMessages {
  const again = `To try again, ask ${project} for a new link.`;
  switch (error) {
    case 'access_denied':
      return { reason: 'The sign-in was declined.', next: again };
    case 'account_disabled':
    case 'other_account':
    case 'too_many_accounts':
      return { reason: 'The account stays as it was.', next: again };
    case 'issuer_mismatch':
      return {
        reason: 'The answer to the sign-in did not come from where it was asked for, so it was not used.',
        next: `Nothing was connected. ${again} If it happens again, tell them.`,
      };
    case 'provider_unreachable':
      return { reason: `${toolkit} gave no answer when the sign-in was to be completed.`, next: again };
    case 'provider_unavailable':
    case 'server_error':
    case 'temporarily_unavailable':
    case 'unavailable':
      return {
        reason: `${toolkit} cannot complete sign-ins at the moment.`,
        next: `Wait a while. ${again}`,
      };
    case 'provider_answer_unusable':
      return {
        reason: `${toolkit} answered, but with nothing that could be used.`,
        next: `A new link will hardly help: tell ${project} what it says here.`,
      };
    default:
      return error !== null && SETUP.has(error)
        ? {
            reason: `${toolkit} does not accept how ${project} is set up there.`,
            next: `Only ${project} can put that right: tell them what it says here.`,
          }
        : { reason: `${toolkit} did not accept the sign-in.`, next: again };
  }
}
