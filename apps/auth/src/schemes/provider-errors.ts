import { AppError, outsideText } from '@patchbay/contracts';
import { OutboundError } from '@patchbay/service';
import * as oauth from 'oauth4webapi';
import { isPassing, meansGone } from './refusal.words.js';

/** Characters of a provider's error code, which is a word (RFC 6749, section 5.2). */
const CODE_CHARACTERS = 100;

/**
 * The provider said no. `message` may be shown to the person and to the developer, and is kept as the reason of
 * an account's status: the provider's words in it are bounded here.
 */
export class ProviderRefusal extends Error {
  /** As in RFC 6749, section 5.2, a word of the provider's own, or one of ours. */
  readonly code: string;
  /** The grant itself is dead: no repeat will bring it back. */
  readonly isPermanent: boolean;

  /** @param options.isPermanent where more than the code is known */
  constructor(code: string, description: string, options: ErrorOptions & { isPermanent?: boolean } = {}) {
    super(outsideText(description), options);
    this.code = outsideText(code, CODE_CHARACTERS);
    this.isPermanent = options.isPermanent ?? meansGone(code);
    this.name = 'ProviderRefusal';
  }
}

/**
 * `unreachable`: it gave no answer. `unavailable`: it answered that it cannot at the moment. `unusable`: it answered
 * something that is of no use here, which a repeat will hardly change.
 */
export type TroubleKind = 'unreachable' | 'unavailable' | 'unusable';

/** The provider could not do it now; nothing is known about the credential. */
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

/** Sorts what can go wrong at a provider into the two kinds above. */
export function explainProviderError(error: unknown): ProviderRefusal | ProviderTrouble {
  if (error instanceof ProviderRefusal || error instanceof ProviderTrouble) return error;
  if (error instanceof oauth.AuthorizationResponseError) {
    const description = error.error_description ?? `The provider answered with ${error.error}.`;
    return isPassing(error.error, description)
      ? new ProviderTrouble('unavailable', description, { cause: error })
      : new ProviderRefusal(error.error, description, { cause: error });
  }
  if (error instanceof oauth.OperationProcessingError) {
    // Of the answer that the browser brought: those of the provider itself are read by us.
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
    // What the guarded client refuses will be refused the next time too.
    return error.code === 'invalid_request'
      ? new ProviderRefusal('address_refused', error.message, { cause: error })
      : new ProviderTrouble('unreachable', error.message, { cause: error });
  }
  return new ProviderTrouble('unreachable', 'The request to the provider failed.', { cause: error });
}
