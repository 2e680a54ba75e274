import type { ErrorSlug } from './generated/api.js';

/** Everything that this client throws by itself, except the reason of a signal that was aborted. */
export class PatchbayError extends Error {
  override name = 'PatchbayError';
}

/** The fields of a refusal, as the API document has them under `Error`. */
interface Refusal {
  message: string;
  code: number;
  slug: ErrorSlug;
  request_id: string;
  suggested_fix?: string;
  errors?: string[];
}

/** The platform refused the request, or failed. */
export class ApiError extends PatchbayError {
  override name = 'ApiError';
  /** The number of the error; the HTTP status where it has none of its own. */
  readonly code: number;
  /** The name of the error, which does not change; undefined when something in between answered. */
  readonly slug: ErrorSlug | undefined;
  /** What to do about it. */
  readonly suggestion: string | undefined;
  /** Finds the request in the platform's logs. */
  readonly requestId: string | undefined;
  /** A line for each field that is wrong. */
  readonly details: readonly string[];

  constructor(
    /** The HTTP status. */
    readonly status: number,
    headers: Headers,
    body: unknown,
  ) {
    const refusal = refusalOf(body);
    super(refusal?.message ?? `The answer was ${status}, and not one of Patchbay's`);
    this.code = refusal?.code ?? status;
    this.slug = refusal?.slug;
    this.suggestion = refusal?.suggested_fix;
    this.requestId = refusal?.request_id ?? headers.get('x-request-id') ?? undefined;
    this.details = refusal?.errors ?? [];
  }
}

/** No answer, or none that can be read: the platform is not there, or the connection broke. */
export class ConnectionError extends PatchbayError {
  override name = 'ConnectionError';
}

/** The time limit of the request was over. Whether it was carried out is not known. */
export class TimeoutError extends PatchbayError {
  override name = 'TimeoutError';
}

/** Something between here and the platform may have answered anything. */
function refusalOf(body: unknown): Refusal | undefined {
  if (typeof body !== 'object' || body === null || !('error' in body)) return undefined;
  const { error } = body;
  const isRefusal =
    typeof error === 'object' && error !== null && 'message' in error && typeof error.message === 'string';
  return isRefusal ? (error as Refusal) : undefined;
}
