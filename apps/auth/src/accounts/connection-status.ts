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
 * The status as of now. A sign-in that was not finished in time is EXPIRED from that moment, whether or not the sweep
 * has updated the row, so that a waiting client sees it.
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
