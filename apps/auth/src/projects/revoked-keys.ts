import { IsNull, Not, type EntityManager } from 'typeorm';
import { ApiKey } from './api-key.entity.js';
import { RevokedKey } from './revoked-key.entity.js';

/** Whether a key, of a project, the organisation or a person, was ever revoked. */
export async function isRevoked(manager: EntityManager, sha256: string): Promise<boolean> {
  return (
    (await manager.existsBy(RevokedKey, { sha256 })) ||
    // The row too: a replica of an older version revokes in the row alone.
    (await manager.existsBy(ApiKey, { sha256, revokedAt: Not(IsNull()) }))
  );
}

export async function rememberRevoked(manager: EntityManager, row: RevokedKey): Promise<void> {
  await manager.createQueryBuilder().insert().into(RevokedKey).values(row).orIgnore().execute();
}
