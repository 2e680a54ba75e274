import { createHash } from 'node:crypto';
import { AppError, type Principal } from '@patchbay/contracts';
import type { FastifyRequest } from 'fastify';
import type { LastingCredential } from '../access/index.js';

/** Every header that carries a credential (docs/api/keys.md#headers-with-a-credential); a request has one of them. */
export const USER_HEADER = 'x-user-api-key';
export const SANDBOX_HEADER = 'x-workbench-access-key';
const CREDENTIAL_HEADERS = [
  'x-api-key',
  'x-org-api-key',
  USER_HEADER,
  'x-consumer-api-key',
  SANDBOX_HEADER,
] as const;
export type CredentialHeader = (typeof CREDENTIAL_HEADERS)[number];

export const HEADER_FOR: Record<Principal['kind'], CredentialHeader> = {
  project: 'x-api-key',
  organisation: 'x-org-api-key',
};

/**
 * Only a person's keys begin like this, so that one which is good is never looked up, and remembered as refused, among the
 * keys of another kind.
 * @throws AppError `unauthenticated`
 */
export function requireOwnHeader(key: string, header: CredentialHeader): void {
  const isPersons = key.startsWith('uak_');
  if (isPersons === (header === USER_HEADER)) return;
  throw new AppError(
    'unauthenticated',
    isPersons ? `A user key was sent as ${header}.` : `What was sent as ${USER_HEADER} is no user key.`,
    {
      suggestion: `A user key begins with uak_. Send it as ${USER_HEADER}, with x-org-id and x-project-id to say in which project.`,
    },
  );
}

export function readKey(request: FastifyRequest, wanted: CredentialHeader): string {
  const given = CREDENTIAL_HEADERS.filter((name) => request.headers[name] !== undefined);
  if (given.length > 1) {
    throw new AppError(
      'unauthenticated',
      `Send one credential with a request: both ${given.join(' and ')} were sent.`,
    );
  }
  const key = request.headers[wanted];
  if (typeof key === 'string' && key !== '') return key;
  throw new AppError('unauthenticated', 'No API key was sent.', {
    suggestion: `Send the key in the header ${wanted}.`,
  });
}

/** By what a secret is looked up: none is kept, or sent to another service. */
export function sha256Of(secret: string): string {
  return createHash('sha256').update(secret).digest('hex');
}

export function hashed(
  kind: LastingCredential['kind'],
  secret: string,
): Pick<LastingCredential, 'kind' | 'sha256'> {
  return { kind, sha256: sha256Of(secret) };
}

/** Browsers send their cookies along unasked: a credential that somebody meant to send comes first. */
export function hasCredentialHeader({ headers }: FastifyRequest): boolean {
  return (
    headers.authorization !== undefined || CREDENTIAL_HEADERS.some((name) => headers[name] !== undefined)
  );
}
