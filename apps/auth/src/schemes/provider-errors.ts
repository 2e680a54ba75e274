import { AppError, outsideText } from '@patchbay/contracts';
import * as oauth from 'oauth4webapi';

/** Characters of a provider's error code, which is a word (RFC 6749, section 5.2). */
const CODE_CHARACTERS = 100;

/**
 * The provider said no. `message` may be shown to the person and to the developer, and is kept as the reason of
 * an account's status: the provider's words in it are bounded here.
 */
export class ProviderRefusal extends Error {
  /** As in RFC 6749, section 5.2, or a word of ours. */
  readonly code: string;

  constructor(code: string, description: string, options?: ErrorOptions) {
    super(outsideText(description), options);
    this.code = outsideText(code, CODE_CHARACTERS);
    this.name = 'ProviderRefusal';
  }

  /** The grant itself is dead: no repeat will bring it back. */
  get isPermanent(): boolean {
    return (
      this.code === 'invalid_grant' || this.code === 'access_denied' || this.code === 'bad_refresh_token'
    );
  }
}

/** The provider could not answer now; nothing is known about the credential. */
export class ProviderTrouble extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(outsideText(message), options);
    this.name = 'ProviderTrouble';
  }
}

/** Errors that a provider reports although they pass (RFC 6749, section 4.1.2.1, and common words). */
const PASSING = new Set([
  'temporarily_unavailable',
  'server_error',
  'slow_down',
  'rate_limited',
  'ratelimited',
]);

/** Sorts what can go wrong at a provider into the two kinds above. */
export function explainProviderError(error: unknown): ProviderRefusal | ProviderTrouble {
  if (error instanceof ProviderRefusal || error instanceof ProviderTrouble) return error;
  if (error instanceof oauth.AuthorizationResponseError || error instanceof oauth.ResponseBodyError) {
    const description = error.error_description ?? error.error;
    if (PASSING.has(error.error) || ('status' in error && Number(error.status) >= 500)) {
      return new ProviderTrouble(description, { cause: error });
    }
    return new ProviderRefusal(error.error, description, { cause: error });
  }
  if (error instanceof oauth.WWWAuthenticateChallengeError) {
    return new ProviderRefusal('invalid_client', 'The provider does not accept the OAuth app.', {
      cause: error,
    });
  }
  if (error instanceof oauth.OperationProcessingError) {
    return new ProviderTrouble("The provider's answer cannot be used.", { cause: error });
  }
  if (error instanceof AppError) {
    // What the guarded client refuses will be refused the next time too.
    return error.code === 'invalid_request'
      ? new ProviderRefusal('address_refused', error.message, { cause: error })
      : new ProviderTrouble(error.message, { cause: error });
  }
  return new ProviderTrouble('The provider could not be reached.', { cause: error });
}
