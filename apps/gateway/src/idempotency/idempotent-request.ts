import { createHash } from 'node:crypto';
import { AppError, writeJson } from '@patchbay/contracts';
import type { FastifyRequest } from 'fastify';

/**
 * A request that may be sent again: with an idempotency `key`, for as long as keys are kept; without one by the
 * official clients, which retry by themselves and send how often they did.
 */
export type IdempotentRequest = {
  /** The project whose quota its record counts against. */
  owner: string;
  fingerprint: string;
} & ({ by: 'key'; key: string } | { by: 'client'; retryCount: number });

/** How a request is executed, and whether its caller is still there to be answered. */
export interface Execution {
  /** @param isRetry what still runs for a caller that left is then joined, not started again */
  work: (isRetry: boolean) => Promise<unknown>;
  isCallerGone: () => boolean;
}

const MAX_KEY_LENGTH = 255;
/** For the requests of the organisation's key, which belong to no project. */
const NO_PROJECT = '-';

/** @returns undefined for a request with neither a key nor a retry count */
export function idempotentRequestOf(
  request: FastifyRequest,
  projectId: string,
): IdempotentRequest | undefined {
  const owner = projectId || NO_PROJECT;
  const key = idempotencyKeyOf(request, projectId);
  if (key) return { owner, by: 'key', key, fingerprint: hash([request.body ?? null]) };
  const retryCount = Number(request.headers['x-stainless-retry-count']);
  if (!Number.isInteger(retryCount) || retryCount < 0) return undefined;
  const fingerprint = hash([...addressOf(request, projectId), request.body ?? null]);
  return { owner, by: 'client', retryCount, fingerprint };
}

/** The caller's Idempotency-Key, hashed with project and address: the same text elsewhere is another key. */
export function idempotencyKeyOf(request: FastifyRequest, projectId: string): string | undefined {
  return keyAt(addressOf(request, projectId), request.headers['idempotency-key']);
}

/** A call over MCP with a key, which counts within its session. */
export function idempotentCallOf(
  session: { id: string; projectId: string },
  key: unknown,
  call: unknown,
): (IdempotentRequest & { by: 'key' }) | undefined {
  const hashed = keyAt(['mcp', session.id], key);
  return hashed ? { owner: session.projectId, by: 'key', key: hashed, fingerprint: hash([call]) } : undefined;
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
  return createHash('sha256').update(writeJson(parts)).digest('hex');
}
