import { ProtocolError, ProtocolErrorCode, type RequestId } from '@modelcontextprotocol/server';
import { AppError } from '@patchbay/contracts';

/** The SDK has no constant for it: request headers and body disagree (2026-07-28, Streamable HTTP). */
export const HEADER_MISMATCH = -32_020;
/** What the specification leaves to servers. */
export const SERVER_ERROR = -32_000;

export function resultMessage(id: RequestId, result: object) {
  return { jsonrpc: '2.0' as const, id, result };
}

export function errorMessage(id: RequestId | null, error: { code: number; message: string; data?: unknown }) {
  const { code, message, data } = error;
  return { jsonrpc: '2.0' as const, id, error: { code, message, ...(data !== undefined && { data }) } };
}

export function notification(method: string, params: object = {}) {
  return { jsonrpc: '2.0' as const, method, params };
}

/** An error in the protocol's form; the text of an unexpected one is not shown. */
export function toProtocolError(error: unknown): ProtocolError {
  if (error instanceof ProtocolError) return error;
  if (!(error instanceof AppError)) {
    return new ProtocolError(ProtocolErrorCode.InternalError, 'Something went wrong on our side.');
  }
  if (error.code === 'rate_limited') {
    // The message is one of a batch, or the response has started: too late for HTTP 429.
    return new ProtocolError(SERVER_ERROR, error.message, { retryAfter: error.retryAfter ?? 1 });
  }
  const code =
    error.code === 'invalid_request' ? ProtocolErrorCode.InvalidParams : ProtocolErrorCode.InternalError;
  return new ProtocolError(code, [error.message, error.suggestion].filter(Boolean).join(' '));
}

/** The id of an invalid message, where it has one. */
export function idOf(body: unknown): RequestId | null {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) return null;
  const { id, method } = body as { id?: unknown; method?: unknown };
  return typeof method === 'string' && (typeof id === 'string' || typeof id === 'number') ? id : null;
}
