import { hash } from 'node:crypto';
import type { StdioOwner, StdioProgram } from '@patchbay/contracts';

/** One for each owner; it tells nothing of whose it is. */
export function keyOf({ projectId, toolkit, userId, sessionId, connectionId }: StdioOwner): string {
  return hash('sha256', JSON.stringify([projectId, toolkit, userId, sessionId, connectionId]));
}

/** One for each way to run a program. Kept in this process alone: it is made of secrets. */
export function fingerprintOf({ environment, ...program }: StdioProgram): string {
  const sorted = Object.entries(environment).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return hash('sha256', JSON.stringify([program, sorted]));
}
