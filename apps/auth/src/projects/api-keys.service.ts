import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { apiKeyRevoked, AppError, newId, type Principal } from '@patchbay/contracts';
import { Transactions } from '@patchbay/database';
import { IsNull, type EntityManager, type Repository } from 'typeorm';
import { hashKey, newKey } from './api-key.js';
import { ApiKey } from './api-key.entity.js';

@Injectable()
export class ApiKeysService {
  constructor(
    @InjectRepository(ApiKey) private readonly keys: Repository<ApiKey>,
    private readonly transactions: Transactions,
  ) {}

  async verify(sha256: string): Promise<Principal> {
    const key = await this.keys.findOneBy({ sha256, revokedAt: IsNull() });
    if (!key) throw new AppError('unauthenticated', 'This API key is unknown or revoked.');
    return key.projectId
      ? { kind: 'project', keyId: key.id, projectId: key.projectId }
      : { kind: 'organisation', keyId: key.id };
  }

  /** @returns the plain key: the only time that it is seen */
  async create(manager: EntityManager, projectId: string, name: string): Promise<string> {
    const key = newKey('ak');
    await manager.insert(ApiKey, { id: newId('apiKey'), projectId, name, sha256: hashKey(key) });
    return key;
  }

  /** Keeps a key that a setting holds: a changed setting replaces the key that stood there before. */
  async keepFromSetting(setting: string, projectId: string | null, key: string): Promise<void> {
    const sha256 = hashKey(key);
    await this.transactions.run(async (manager, emit) => {
      const kept = await manager.findOne(ApiKey, {
        where: { name: setting, projectId: projectId ?? IsNull(), revokedAt: IsNull() },
        lock: { mode: 'pessimistic_write' },
      });
      if (kept?.sha256 === sha256) return;
      const other = await manager.findOneBy(ApiKey, { sha256, revokedAt: IsNull() });
      if (other && other.projectId !== projectId) {
        throw new Error(`Setting ${setting}: is the API key of another project already`);
      }
      if (kept) {
        await manager.update(ApiKey, { id: kept.id }, { revokedAt: new Date() });
        await emit(apiKeyRevoked, projectId ?? 'organisation', { keyId: kept.id, sha256: kept.sha256 });
      }
      await manager.upsert(
        ApiKey,
        { id: newId('apiKey'), projectId, name: setting, sha256, revokedAt: null },
        ['sha256'],
      );
    });
  }
}
