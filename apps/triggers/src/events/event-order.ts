import type { EntityManager } from 'typeorm';

/*
 * Positions are handed out before a transaction commits, so a later one may be seen before an earlier one, and a reader
 * who goes on after it would never see the other. Writers of a project therefore share a lock until they commit, side by
 * side; a reader takes it alone for a moment, and has then seen every position up to the newest.
 */

/** Any number will do that nothing else of the database locks by. */
const LOCKS = 7_246_002;
/** A reader who waits holds up the writers who come after him. */
const MAX_WAIT = '1s';

/** SQL that holds the lock until the transaction's end. @param project how the statement names the project's id */
export function sharedOrder(project: string): string {
  return `pg_advisory_xact_lock_shared(${LOCKS}, hashtext(${project}))`;
}

/** Waits for those who are writing events of the project, in a transaction of the reader's own. */
export async function awaitWriters(manager: EntityManager, projectId: string): Promise<void> {
  await manager.query(`SET LOCAL lock_timeout = '${MAX_WAIT}'`);
  await manager.query(`SELECT pg_advisory_xact_lock(${LOCKS}, hashtext($1))`, [projectId]);
}
