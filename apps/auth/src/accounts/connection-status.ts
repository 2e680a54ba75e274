import type { ConnectionStatus } from '@patchbay/contracts';
import type { Connection } from './connection.entity.js';
import { REASONS } from './status-reasons.js';

/** A person has this long from the making of a link to the end of the sign-in. */
export const INITIATION_LIMIT_MS = 10 * 60 * 1000;

const PENDING: ReadonlySet<ConnectionStatus> = new Set(['INITIALIZING', 'INITIATED']);

export function isPending(status: ConnectionStatus): boolean {
  return PENDING.has(status);
}

/**
 * The status as of now. A sign-in that nobody finished shows as EXPIRED from the moment its time is
 * over, so that a client that waits for it is told, whether or not anything has swept the table.
 */
export function statusNow(
  row: Pick<Connection, 'status' | 'statusReason' | 'createdAt'>,
  now: Date,
): { status: ConnectionStatus; statusReason: string | null } {
  if (isPending(row.status) && now.getTime() - row.createdAt.getTime() > INITIATION_LIMIT_MS) {
    return { status: 'EXPIRED', statusReason: REASONS.initiationTimeout };
  }
  return { status: row.status, statusReason: row.statusReason };
}
