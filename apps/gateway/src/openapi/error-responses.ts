import { STATUS_CODES } from 'node:http';
import type { ErrorCode } from '@patchbay/contracts';
import { z } from 'zod';
import type { ZodOpenApiResponseObject } from 'zod-openapi';
import { wireErrorFor } from '../errors/index.js';
import type { DescribedRoute } from './routes.js';

/** When each refusal comes, for readers of the document (docs/api/errors.md#codes). */
const WHEN: Record<ErrorCode, string> = {
  invalid_request: 'A field, parameter or header is not what it must be; `errors` names each.',
  unauthenticated: 'No credential, more than one, or one that is not valid here.',
  forbidden: 'The key is not let into this area or project, or the person’s role does not reach that far.',
  not_found: 'There is no such thing, or not in this project.',
  conflict: 'It does not go together with how things stand, such as a name that is taken.',
  idempotency_key_reused: 'The idempotency key was used for another request.',
  rate_limited: 'Too many requests; `Retry-After` says when to come again.',
  unavailable: 'A part of the platform cannot be reached at the moment; nothing was done.',
  internal: 'Something failed here; `request_id` finds it in the logs.',
  session_not_found: 'The session does not exist, was deleted, or is another project’s.',
  session_unknown: 'A part of the platform cannot be reached at the moment; nothing was done.',
  connection_not_found: 'There is no such connected account.',
  toolkit_not_found: 'There is no such toolkit.',
  toolkits_unknown: 'Toolkits that do not exist; the message lists them.',
  toolkit_not_allowed: 'The toolkit is outside of the session.',
  toolkit_needs_no_account: 'A link is asked for a toolkit that needs no account.',
  tool_not_found: 'There is no such tool.',
  trigger_type_not_found: 'There is no such trigger type, or no such version of it.',
  tool_not_allowed: 'The tool is outside of the session’s filters.',
  permission_required: 'The session asks for a person’s permission before this call.',
  permission_denied: 'The session forbids this call.',
  meta_tool_not_enabled: 'The session has this meta tool switched off.',
  no_auth_config: 'There is no auth config to sign in with, and none can be made.',
  no_active_connection: 'The user has no active account of the toolkit.',
  account_not_usable: 'The account is disabled, expired, revoked or not yet connected.',
  account_choice_required: 'The user has several accounts, and the session wants one named.',
  pinned_accounts_invalid: 'A pinned account does not exist, is disabled, or may not be used by the user.',
  link_not_usable: 'The link does not exist, has expired or was used.',
  credential_refused: 'The provider did not accept the credential.',
  access_list_needs_shared: 'Only a shared account has an access list.',
  account_of_another_user: 'The account is another user’s.',
  account_not_shared: 'The account is another user’s, and not shared with this one.',
  tool_deprecated: 'The tool exists no longer at its provider.',
  missing_auth_context: 'Neither an account nor connection data was given.',
  origin_mismatch: 'The address is on another site than the account’s toolkit.',
  target_not_public: 'The address is not a public one.',
  provider_unreachable: 'The provider cannot be reached.',
  provider_refused: 'The provider does not take the settings, or the account may not.',
  provider_timeout: 'The provider did not answer in time.',
  file_too_large: 'The file is larger than files may be.',
  file_link_invalid: 'The link of the file is not valid, or has expired.',
  sandbox_lost: 'The sandbox was lost while it worked.',
  sandbox_limit: 'Too many sandboxes are in use.',
  public_url_required: 'The server has no public `https` address.',
};

/** What the HTTP server refuses before a route is asked. */
const FRAMEWORK: Partial<Record<number, string>> = {
  400: 'The body is no valid JSON, or the address cannot be decoded.',
  408: 'The body did not come in time.',
  413: 'The body is larger than bodies may be.',
  415: 'The media type of the body is not one that is read here.',
  431: 'The address and the headers are larger than 16 KB together.',
};

/** The form of every error (docs/api/errors.md#the-envelope). */
export const ErrorAnswer = z
  .object({
    error: z.object({
      message: z.string().describe('What is wrong, in words.'),
      code: z
        .int()
        .describe('The number of the error: the same as `slug`, or the status where there is none.'),
      slug: z.string().describe('The name of the error, which does not change.'),
      status: z.int(),
      request_id: z.string().describe('Also in the header `x-request-id`.'),
      suggested_fix: z.string().optional().describe('What to do about it.'),
      errors: z.array(z.string()).optional().describe('A line for each field that is wrong.'),
    }),
  })
  .meta({ id: 'Error', description: 'What every refusal looks like.' });

interface Known {
  slug: string;
  number: number;
  when: string;
}

/** The refusals of all routes of a document. What several routes have in common stands once, among its components. */
export class ErrorResponses {
  readonly #known = new Map<string, ZodOpenApiResponseObject>();
  readonly #names = new Set<string>();

  /** Every way in which the route may refuse, by status: with `x-error-slugs` for programs and a table for people. */
  of(route: DescribedRoute, path: string): Record<string, ZodOpenApiResponseObject> {
    const statuses = [...refusalsOf(route, path)];
    return Object.fromEntries(
      statuses.map(([status, known]) => [String(status), this.#shared(status, [...known.values()])]),
    );
  }

  #shared(status: number, known: Known[]): ZodOpenApiResponseObject {
    const described = responseOf(status, known);
    const key = JSON.stringify([described.description, described['x-error-slugs']]);
    const shared = this.#known.get(key) ?? { id: this.#nameOf(known), ...described };
    this.#known.set(key, shared);
    return shared;
  }

  /** Of the slugs. The same ones with other numbers or words are another answer. */
  #nameOf(known: Known[]): string {
    const slugs = known.map(({ slug }) => slug).join('.');
    let name = slugs;
    for (let next = 2; this.#names.has(name); next += 1) name = `${slugs}.${next}`;
    this.#names.add(name);
    return name;
  }
}

function refusalsOf(route: DescribedRoute, path: string): Map<number, Map<string, Known>> {
  const byStatus = new Map<number, Map<string, Known>>();
  const add = (status: number, known: Known) => {
    const ofStatus = byStatus.get(status) ?? new Map<string, Known>();
    byStatus.set(status, ofStatus);
    if (!ofStatus.has(known.slug)) ofStatus.set(known.slug, known);
  };
  for (const code of codesOf(route, path)) {
    const { status, slug, number } = wireErrorFor(code, path);
    add(status, { slug, number, when: WHEN[code] });
  }
  for (const status of frameworkStatuses(route, path)) {
    const slug = `HTTP_${(STATUS_CODES[status] ?? '').replaceAll(/\W/g, '')}`;
    add(status, { slug, number: status, when: FRAMEWORK[status] ?? '' });
  }
  return byStatus;
}

/** The last two for a person's key: the project that a request names is not there, or named by half. */
const REFUSALS_OF_KEYS = ['unauthenticated', 'forbidden', 'not_found', 'invalid_request'] as const;

function codesOf({ access, isIdempotent, query, body, params, description }: DescribedRoute, path: string) {
  const takesInput = query ?? body ?? (path.includes(':') || Object.keys(params).length > 0);
  const isCounted = access.access !== 'anyone' || access.limit !== 'nothing';
  return new Set<ErrorCode>([
    ...(takesInput ? (['invalid_request'] as const) : []),
    ...(access.access === 'anyone' ? [] : REFUSALS_OF_KEYS),
    ...(isIdempotent ? (['invalid_request', 'conflict', 'idempotency_key_reused'] as const) : []),
    ...(isCounted ? (['rate_limited', 'unavailable', 'internal'] as const) : []),
    ...(description.errors ?? []),
  ]);
}

function frameworkStatuses({ verb }: DescribedRoute, path: string): number[] {
  // A body that nothing reads is parsed all the same.
  if (verb !== 'get') return [400, 408, 413, 415, 431];
  return path.includes(':') ? [400, 431] : [431];
}

function responseOf(status: number, known: Known[]): ZodOpenApiResponseObject {
  const lines = known.map(({ slug, number, when }) =>
    number === status ? `- \`${slug}\`: ${when}` : `- \`${slug}\` (${number}): ${when}`,
  );
  return {
    description: [STATUS_CODES[status] ?? 'Error', ...lines].join('\n'),
    content: { 'application/json': { schema: ErrorAnswer } },
    ...((status === 429 || status === 503) && { headers: RetryAfter }),
    'x-error-slugs': known.map(({ slug }) => slug),
  };
}

const RetryAfter = z.object({
  'retry-after': z.string().meta({ description: 'Seconds after which the request may be let through.' }),
});
