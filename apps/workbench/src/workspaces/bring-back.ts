import type { Logger } from '@patchbay/service';
import type { HomeArchive } from './home.archive.js';
import type { Claimed } from './leases.service.js';

const PUT_AWAY = 'The sandbox was put away and brought back.';
const RESTORED =
  'The sandbox was lost and brought back as its last run left it; what ran in the background is gone.';
const LOST =
  'The sandbox was lost and started anew: variables are gone, and so is what was written outside of /mnt/files since it was last kept.';

/**
 * Puts into a new sandbox what is kept of the one before it.
 * @returns what the session should know of it
 */
export async function bringBack(
  archive: HomeArchive,
  { before, hasArchive, lost }: Claimed,
  logger: Logger,
): Promise<string | null> {
  if (!hasArchive) return before === 'lost' ? [LOST, ...Object.values(lost)].join(' ') : null;
  try {
    // Variables that are older than the session remembers: none are better than wrong ones.
    const failed = await archive.load({ variables: before !== 'lost' });
    const names = Object.entries({ ...lost, ...failed });
    const list = names.map(([name, reason]) => `${name} (${reason})`).join(', ');
    if (before === 'lost') return list ? `${LOST} Not kept: ${list}.` : LOST;
    const said = before === 'kept' ? RESTORED : PUT_AWAY;
    if (list) return `${said} Not kept: ${list}.`;
    return before === 'kept' ? said : null;
  } catch (error) {
    logger.warn({ err: error }, 'a sandbox could not be brought back');
    return `${LOST} Files outside of /mnt/files are lost too.`;
  }
}
