import type { EntityManager, EntityTarget } from 'typeorm';

/** A time that people look at: written no more often, however busy the key is. */
const RESOLUTION_MS = 5 * 60_000;

interface UsedKey {
  id: string;
  lastUsedAt: Date | null;
}

/**
 * Notes that a key was used. Who remembers a verified key asks again within a minute, so of a key in use the time is
 * hardly older than the resolution.
 */
export async function noteUse<K extends UsedKey>(
  manager: EntityManager,
  keys: EntityTarget<K>,
  { id, lastUsedAt }: K,
): Promise<void> {
  const now = new Date();
  const before = new Date(now.getTime() - RESOLUTION_MS);
  if (lastUsedAt && lastUsedAt > before) return;
  // Of the replicas that see the key at once, one writes.
  await manager
    .createQueryBuilder()
    .update(keys)
    .set({ lastUsedAt: now } as never)
    .where('id = :id AND (last_used_at IS NULL OR last_used_at < :before)', { id, before })
    .execute();
}
