import { AppError } from '@patchbay/contracts';

/**
 * How an exchange came to nothing. `unreachable`: the request never left. After the others it may have been
 * carried out.
 */
export type OutboundTrouble = 'unreachable' | 'lost' | 'timeout' | 'cancelled' | 'too_large' | 'unreadable';

export class OutboundError extends AppError {
  constructor(
    readonly trouble: OutboundTrouble,
    message: string,
    cause?: unknown,
  ) {
    super('unavailable', message, { retryable: trouble === 'unreachable', cause });
  }
}

/** What fails before a connection is there, by node:net, node:dns, node:tls and undici. */
const NOT_CONNECTED =
  /^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EAI_FAIL|EHOSTUNREACH|ENETUNREACH|UND_ERR_CONNECT_TIMEOUT|ERR_TLS_CERT_ALTNAME_INVALID|DEPTH_ZERO_SELF_SIGNED_CERT|CERT_HAS_EXPIRED|UNABLE_TO_VERIFY_LEAF_SIGNATURE)$/;

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
  if (cancelled) return new OutboundError('cancelled', `The request to ${host} was cancelled.`, error);
  const { name, code = 'connection failed' } = error as { name?: string; code?: string };
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
  const reason = String(code);
  return isNotConnected(error)
    ? new OutboundError('unreachable', `${host} could not be reached (${reason}).`, error)
    : new OutboundError('lost', `The connection to ${host} broke off (${reason}).`, error);
}

function isNotConnected(error: unknown): boolean {
  if (error instanceof AggregateError) return error.errors.every(isNotConnected);
  return NOT_CONNECTED.test(String((error as { code?: unknown }).code));
}
