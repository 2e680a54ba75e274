import { z } from 'zod';
import { clipText } from './clip-text.js';

/** Texts of providers come into messages of errors, and from there into answers, events and logs. */
const MAX_TEXT_CHARACTERS = 8_192;
const MAX_ISSUES = 200;
const MAX_ISSUE_CHARACTERS = 1_024;
const MAX_NAMED_KEYS = 20;

/**
 * Every way in which a request can be refused. Callers switch on the code, never on the text.
 * The gateway's table turns each into the wire's status, slug and number.
 */
export const ErrorCode = z.enum([
  'invalid_request',
  'unauthenticated',
  'forbidden',
  'not_found',
  'conflict',
  'idempotency_key_reused',
  'rate_limited',
  'unavailable',
  'internal',
  'session_not_found',
  'session_unknown',
  'connection_not_found',
  'toolkit_not_found',
  'toolkits_unknown',
  'toolkit_not_allowed',
  'toolkit_needs_no_account',
  'tool_not_found',
  'tool_not_allowed',
  'trigger_type_not_found',
  'permission_required',
  'permission_denied',
  'meta_tool_not_enabled',
  'no_auth_config',
  'no_active_connection',
  'account_not_usable',
  'account_choice_required',
  'pinned_accounts_invalid',
  'link_not_usable',
  'credential_refused',
  'access_list_needs_shared',
  'account_of_another_user',
  'account_not_shared',
  'tool_deprecated',
  'missing_auth_context',
  'origin_mismatch',
  'target_not_public',
  'provider_unreachable',
  'provider_refused',
  'provider_timeout',
  'file_too_large',
  'file_link_invalid',
  'sandbox_lost',
  'sandbox_limit',
  'public_url_required',
]);
export type ErrorCode = z.infer<typeof ErrorCode>;

/** The form in which an error crosses the bus. */
export const ErrorBody = z.object({
  code: ErrorCode,
  message: z.string(),
  /** What the caller can do about it. */
  suggestion: z.string().optional(),
  /** One line a wrong field, as `path: what is wrong`. */
  issues: z.array(z.string()).optional(),
  /** True when the same request may be sent again without acting twice. */
  retryable: z.boolean(),
  /** Seconds after which the same request may be let through, for `rate_limited`. */
  retryAfter: z.number().int().positive().optional(),
});
export type ErrorBody = z.infer<typeof ErrorBody>;

export interface AppErrorOptions {
  suggestion?: string;
  issues?: string[];
  /** Defaults to true for `unavailable` and `rate_limited`, which are thrown before anything was done; else false. */
  retryable?: boolean;
  /** Whole seconds to wait for, when it is known; on the wire it is `Retry-After`. */
  retryAfter?: number;
  cause?: unknown;
}

/** The one error that crosses services. Anything else leaves a service as `internal`, without its text. */
export class AppError extends Error {
  readonly code: ErrorCode;
  readonly suggestion?: string;
  readonly issues?: string[];
  readonly retryable: boolean;
  readonly retryAfter?: number;

  constructor(code: ErrorCode, message: string, options: AppErrorOptions = {}) {
    super(clipText(message, MAX_TEXT_CHARACTERS), { cause: options.cause });
    this.name = 'AppError';
    this.code = code;
    this.suggestion = options.suggestion && clipText(options.suggestion, MAX_TEXT_CHARACTERS);
    this.issues = options.issues?.slice(0, MAX_ISSUES).map((issue) => clipText(issue, MAX_ISSUE_CHARACTERS));
    this.retryable = options.retryable ?? (code === 'unavailable' || code === 'rate_limited');
    this.retryAfter = options.retryAfter;
  }

  /** Rebuilds the error on the receiving side of the bus. */
  static fromBody(body: ErrorBody): AppError {
    return new AppError(body.code, body.message, body);
  }

  toBody(): ErrorBody {
    const { code, message, suggestion, issues, retryable, retryAfter } = this;
    return { code, message, suggestion, issues, retryable, retryAfter };
  }
}

/**
 * Names each field that a schema refused: `toolkits.enable: expected array, received string`.
 * @param whole what the parsed value is called
 */
export function describeIssues(error: z.ZodError, whole = 'body'): string[] {
  return error.issues
    .slice(0, MAX_ISSUES)
    .map(({ path, message }) => `${path.map(String).join('.') || whole}: ${describe(message)}`);
}

/** zod names every key that is not known, which takes long where there are hundreds of thousands. For `safeParse`. */
export const boundedMessage: z.core.$ZodErrorMap = (issue) => {
  if (issue.code !== 'unrecognized_keys' || issue.keys.length <= MAX_NAMED_KEYS) return undefined;
  const named = issue.keys.slice(0, MAX_NAMED_KEYS).map((key) => JSON.stringify(clipText(key, 100)));
  return `Unrecognized keys: ${named.join(', ')} and ${issue.keys.length - MAX_NAMED_KEYS} more`;
};

/** zod's own words, without their preface, and plainer where a field is simply missing. */
function describe(message: string): string {
  return message
    .replace(/^Invalid input: /, '')
    .replace(/^expected (.+), received undefined$/, 'is required ($1)');
}
