import { AppError, outsideText } from '@patchbay/contracts';
import { OutboundError } from '@patchbay/service';
import * as oauth from 'oauth4webapi';
import { isTransient, isGrantInvalid } from './refusal.codes.js';

/** The most characters of a provider's error code (RFC 6749, section 5.2). */
const CODE_CHARACTERS = 100;

/**
 * The provider refused. `message` may be shown to the user and to the developer, and is stored as the reason of an
 * account's status, so what the provider wrote is bounded here.
 */
export class ProviderRefusal extends Error {
  /** As in RFC 6749, section 5.2, or a code of the provider's own, or one of ours. */
  readonly code: string;
  /** The grant is no longer valid: a retry cannot succeed. */
  readonly isPermanent: boolean;

  /** @param options.isPermanent where more than the code is known */
  constructor(code: string, description: string, options: ErrorOptions & { isPermanent?: boolean } = {}) {
    super(outsideText(description), options);
    this.code = outsideText(code, CODE_CHARACTERS);
    this.isPermanent = options.isPermanent ?? isGrantInvalid(code);
    this.name = 'ProviderRefusal';
  }
}

/**
 * `unreachable`: no answer. `unavailable`: a transient error. `unusable`: an answer that cannot be used, which a retry
 * will hardly change.
 */
export type TroubleKind = 'unreachable' | 'unavailable' | 'unusable';

/** The provider could not answer; nothing is known about the credential. */
export class ProviderTrouble extends Error {
  constructor(
    readonly kind: TroubleKind,
    message: string,
    options?: ErrorOptions,
  ) {
    super(outsideText(message), options);
    this.name = 'ProviderTrouble';
  }
}

/** Maps every error of a request to a provider to one of the two above. */
export function explainProviderError(error: unknown): ProviderRefusal | ProviderTrouble {
  if (error instanceof ProviderRefusal || error instanceof ProviderTrouble) return error;
  if (error instanceof oauth.AuthorizationResponseError) {
    const description = error.error_description ?? `The provider answered with ${error.error}.`;
    return isTransient(error.error, description)
      ? new ProviderTrouble('unavailable', description, { cause: error })
      : new ProviderRefusal(error.error, description, { cause: error });
  }
  if (error instanceof oauth.OperationProcessingError) {
    // About the redirect to us: the answers of the provider itself are read by `readAnswer`.
    return new ProviderRefusal(
      'invalid_response',
      `The answer to the sign-in cannot be used: ${error.message}.`,
      {
        cause: error,
      },
    );
  }
  if (error instanceof OutboundError) {
    const isAnswered = error.trouble === 'too_large' || error.trouble === 'unreadable';
    return new ProviderTrouble(isAnswered ? 'unusable' : 'unreachable', error.message, { cause: error });
  }
  if (error instanceof AppError) {
    // The guarded client will refuse the same address again.
    return error.code === 'invalid_request'
      ? new ProviderRefusal('address_refused', error.message, { cause: error })
      : new ProviderTrouble('unreachable', error.message, { cause: error });
  }
  return new ProviderTrouble('unreachable', 'The request to the provider failed.', { cause: error });
}
