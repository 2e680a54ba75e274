import { createHash } from 'node:crypto';
import { AppError, writeJson } from '@patchbay/contracts';
import type { FastifyRequest } from 'fastify';

/**
 * How a request may come again. With a `key` of the caller's, for as long as keys are kept. Without one the
 * official clients repeat a request by themselves, and say how often they did.
 */
export type Repeat = {
  /** The project whose share of what is kept it takes. */
  owner: string;
  fingerprint: string;
} & ({ by: 'key'; key: string } | { by: 'client'; count: number });

const MAX_KEY_LENGTH = 255;
/** What administrators do outside of any project. */
const NO_PROJECT = '-';

/** Nothing when neither the caller nor its client says that the request may come again. */
export function repeatOf(request: FastifyRequest, projectId: string): Repeat | undefined {
  const owner = projectId || NO_PROJECT;
  const key = callerKeyOf(request, projectId);
  if (key) return { owner, by: 'key', key, fingerprint: hash([request.body ?? null]) };
  const count = Number(request.headers['x-stainless-retry-count']);
  if (!Number.isInteger(count) || count < 0) return undefined;
  const fingerprint = hash([...addressOf(request, projectId), request.body ?? null]);
  return { owner, by: 'client', count, fingerprint };
}

/** The caller's Idempotency-Key as one of this project and address: nobody else's can be the same. */
export function callerKeyOf(request: FastifyRequest, projectId: string): string | undefined {
  return keyAt(addressOf(request, projectId), request.headers['idempotency-key']);
}

/** A call over MCP that may come again; its key is one of its session. */
export function repeatOfCall(
  session: { id: string; projectId: string },
  given: unknown,
  call: unknown,
): (Repeat & { by: 'key' }) | undefined {
  const key = keyAt(['mcp', session.id], given);
  return key ? { owner: session.projectId, by: 'key', key, fingerprint: hash([call]) } : undefined;
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
