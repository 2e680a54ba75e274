import { createHash } from 'node:crypto';
import { AppError } from '@patchbay/contracts';
import type { FastifyRequest } from 'fastify';

/**
 * How a request may come again. With a `key` of the caller's, for as long as keys are kept. Without one the
 * official clients repeat a request by themselves, and say how often they did.
 */
export type Repeat =
  { by: 'key'; key: string; fingerprint: string } | { by: 'client'; count: number; fingerprint: string };

const MAX_KEY_LENGTH = 255;

/** Nothing when neither the caller nor its client says that the request may come again. */
export function repeatOf(request: FastifyRequest, projectId: string): Repeat | undefined {
  const key = callerKeyOf(request, projectId);
  if (key) return { by: 'key', key, fingerprint: hash([request.body ?? null]) };
  const count = Number(request.headers['x-stainless-retry-count']);
  if (!Number.isInteger(count) || count < 0) return undefined;
  return { by: 'client', count, fingerprint: hash([...addressOf(request, projectId), request.body ?? null]) };
}

/** The caller's Idempotency-Key as one of this project and address: nobody else's can be the same. */
export function callerKeyOf(request: FastifyRequest, projectId: string): string | undefined {
  return keyAt(addressOf(request, projectId), request.headers['idempotency-key']);
}

/** A call over MCP that may come again; its key is one of its session. */
export function repeatOfCall(sessionId: string, given: unknown, call: unknown): Repeat | undefined {
  const key = keyAt(['mcp', sessionId], given);
  return key ? { by: 'key', key, fingerprint: hash([call]) } : undefined;
}

function keyAt(address: string[], key: unknown): string | undefined {
  if (key === undefined) return undefined;
  if (typeof key === 'string' && key !== '' && key.length <= MAX_KEY_LENGTH) {
    return hash([...address, key]);
  }
  throw new AppError('invalid_request', 'The Idempotency-Key cannot be used.', {
    issues: [`Idempotency-Key: must be one text of 1 to ${MAX_KEY_LENGTH} characters`],
  });
}

function addressOf({ method, url }: FastifyRequest, projectId: string): string[] {
  return [projectId, method, url];
}

function hash(parts: unknown[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex');
}
