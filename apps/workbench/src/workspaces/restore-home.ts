import type { Logger } from '@patchbay/service';
import type { HomeArchive } from './home.archive.js';
import type { Claimed } from './leases.service.js';

const SUSPENDED = 'The sandbox was suspended and restored.';
const RESTORED =
  'The sandbox was lost and restored as its last run left it; what ran in the background is gone.';
const LOST =
  'The sandbox was lost and started again: variables are gone, and so is what was written outside of /mnt/files since its last checkpoint.';

/**
 * Loads what is stored of the session's previous sandbox into a new one.
 * @returns the notice for the session
 */
export async function restoreHome(
  archive: HomeArchive,
  { previous, hasArchive, lost }: Claimed,
  logger: Logger,
): Promise<string | null> {
  if (!hasArchive) return previous === 'lost' ? [LOST, ...Object.values(lost)].join(' ') : null;
  try {
    // Variables from before the last run: none are better than stale ones.
    const failed = await archive.load({ variables: previous !== 'lost' });
    const names = Object.entries({ ...lost, ...failed });
    const list = names.map(([name, reason]) => `${name} (${reason})`).join(', ');
    if (previous === 'lost') return list ? `${LOST} Not kept: ${list}.` : LOST;
    const notice = previous === 'checkpointed' ? RESTORED : SUSPENDED;
    if (list) return `${notice} Not kept: ${list}.`;
    return previous === 'checkpointed' ? notice : null;
  } catch (error) {
    logger.warn({ err: error }, 'a sandbox could not be restored');
    return `${LOST} Files outside of /mnt/files are lost too.`;
  }
}
