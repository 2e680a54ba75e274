import { AppError } from '@patchbay/contracts';

/**
 * How an exchange came to nothing. `unreachable` and `unsendable`: nothing of the request left, and the second is so
 * however often it is tried. After the others it may have been carried out.
 */
export type OutboundTrouble =
  | 'unreachable'
  | 'unsendable'
  | 'lost'
  | 'timeout'
  | 'cancelled'
  | 'too_large'
  | 'unreadable';

export class OutboundError extends AppError {
  constructor(
    readonly trouble: OutboundTrouble,
    message: string,
    cause?: unknown,
  ) {
    super('unavailable', message, { retryable: trouble === 'unreachable', cause });
  }
}

/** An exchange that came to nothing before anything of its request was sent. */
export class NotSent extends Error {
  constructor(override readonly cause: Error) {
    super(cause.message);
    this.name = 'NotSent';
  }
}

/** What fails before a connection is there, by node:net, node:dns, node:tls and undici: of exchanges that do not say. */
const NOT_CONNECTED =
  /^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EAI_FAIL|EHOSTUNREACH|ENETUNREACH|UND_ERR_CONNECT_TIMEOUT|ERR_TLS_CERT_ALTNAME_INVALID|DEPTH_ZERO_SELF_SIGNED_CERT|SELF_SIGNED_CERT_IN_CHAIN|CERT_HAS_EXPIRED|CERT_NOT_YET_VALID|UNABLE_TO_[A-Z_]+)$/;
/** A request that no client would write, by undici and node:http. */
const NO_REQUEST =
  /^(UND_ERR_INVALID_ARG|UND_ERR_NOT_SUPPORTED|ERR_INVALID_CHAR|ERR_UNESCAPED_CHARACTERS|ERR_INVALID_HTTP_TOKEN|ERR_INVALID_URL)$/;

/** Bytes of an answer's headers, at most: what Node's own client takes. */
export const MAX_HEADER_BYTES = 16 * 1024;

/** Says what became of an exchange with a host. */
export function explainOutbound(
  error: unknown,
  host: string,
  timeoutMs: number,
  cancelled: boolean,
): AppError {
  if (error instanceof AppError) return error;
  const isUnsent = error instanceof NotSent;
  const reason = isUnsent ? error.cause : error;
  const { name, code = 'connection failed' } = reason as { name?: string; code?: unknown };
  if (reason instanceof AppError) return reason;
  if (NO_REQUEST.test(String(code))) {
    const message = `The request to ${host} cannot be sent as it is (${String(code)}).`;
    return new OutboundError('unsendable', message, reason);
  }
  if (cancelled) return new OutboundError('cancelled', `The request to ${host} was cancelled.`, reason);
  if (isUnsent) {
    const isLate = name === 'TimeoutError' || name === 'AbortError';
    const why = isLate ? `no connection within ${timeoutMs} ms` : String(code);
    return new OutboundError('unreachable', `${host} could not be reached (${why}).`, reason);
  }
  if (name === 'TimeoutError' || name === 'AbortError') {
    return new OutboundError('timeout', `${host} did not answer within ${timeoutMs} ms.`, error);
  }
  if (code === 'UND_ERR_HEADERS_OVERFLOW') {
    return new OutboundError(
      'too_large',
      `${host} sent more than ${MAX_HEADER_BYTES} bytes of headers.`,
      error,
    );
  }
  return isNotConnected(error)
    ? new OutboundError('unreachable', `${host} could not be reached (${String(code)}).`, error)
    : new OutboundError('lost', `The connection to ${host} broke off (${String(code)}).`, error);
}

function isNotConnected(error: unknown): boolean {
  if (error instanceof AggregateError) return error.errors.every(isNotConnected);
  return NOT_CONNECTED.test(String((error as { code?: unknown }).code));
}
