import { AppError, describeIssues, outsideLines } from '@patchbay/contracts';
import { OutboundError } from '@patchbay/service';
import { ToolFailure } from '@patchbay/toolkits';
import { ZodError } from 'zod';
import { MAX_FAILURE_CHARACTERS } from '../providers/index.js';

/** Of a provider that wants to be left alone, and does not say for how long. */
const DEFAULT_WAIT_SECONDS = 60;
const LIMIT_WORDS = /rate.?limit|too many requests|quota/i;
/** Of providers that refuse with status 200, or by GraphQL. */
const CREDENTIAL_WORDS =
  /\b(invalid_auth|not_authed|token_revoked|token_expired|account_inactive|authentication required)\b/i;

/** What went wrong at a provider, in the house's codes, so that whoever polls knows what to do next. */
export function toTriggerError(error: unknown, provider: string): Error {
  if (error instanceof ToolFailure) return ofRefusal(error);
  if (error instanceof OutboundError) {
    const code = error.trouble === 'timeout' ? 'provider_timeout' : 'provider_unreachable';
    return new AppError(code, error.message, { retryable: true, cause: error });
  }
  if (error instanceof ZodError) {
    const issues = describeIssues(error, 'answer').join('; ');
    const message = `${provider} answered what the trigger does not understand: ${issues}`;
    return new AppError('provider_refused', message, { cause: error });
  }
  // A time or a number that is none, in an answer that is otherwise as it should be.
  if (error instanceof RangeError || error instanceof SyntaxError) {
    const message = `${provider} answered what the trigger does not understand: ${error.message}`;
    return new AppError('provider_refused', outsideLines(message, MAX_FAILURE_CHARACTERS), { cause: error });
  }
  if (error instanceof DOMException && error.name === 'TimeoutError') {
    return new AppError('provider_timeout', `${provider} was not done in time.`, {
      retryable: true,
      cause: error,
    });
  }
  return error instanceof Error ? error : new Error(String(error));
}

function ofRefusal({ message: words, data }: ToolFailure): AppError {
  const message = outsideLines(words, MAX_FAILURE_CHARACTERS);
  const { status_code: status, retry_after_seconds: wait } = data;
  const limited =
    status === 429 || ((status === 403 || status === 400) && (wait !== undefined || LIMIT_WORDS.test(words)));
  if (limited) {
    const retryAfter = typeof wait === 'number' && wait >= 1 ? Math.ceil(wait) : DEFAULT_WAIT_SECONDS;
    return new AppError('rate_limited', message, { retryAfter });
  }
  if (status === 401 || (!isRefusing(status) && CREDENTIAL_WORDS.test(words))) {
    return new AppError('credential_refused', message, { suggestion: 'Connect the account again.' });
  }
  if (typeof status === 'number' && status >= 500) {
    const retryAfter = typeof wait === 'number' && wait >= 1 ? { retryAfter: Math.ceil(wait) } : {};
    return new AppError('provider_unreachable', message, { retryable: true, ...retryAfter });
  }
  return new AppError('provider_refused', message, {
    suggestion: "Look at the trigger's settings, and at what the account may do.",
  });
}

function isRefusing(status: unknown): boolean {
  return typeof status === 'number' && status >= 400;
}
