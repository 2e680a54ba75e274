import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import {
  apiKeyRevoked,
  AppError,
  newId,
  ProjectSettings,
  type ApiKey as ApiKeyView,
  type createApiKey,
  type InputOf,
  type KeyAreas,
  type NewApiKey,
  type Principal,
} from '@patchbay/contracts';
import { Transactions, type Emit } from '@patchbay/database';
import { ORGANISATION } from '@patchbay/service';
import { In, IsNull, type EntityManager, type Repository } from 'typeorm';
import { recordAct } from '../audit.js';
import { ApiKey } from './api-key.entity.js';
import { hashKey, hintOf, newKey } from './api-key.js';
import { Project } from './project.entity.js';
import { noteUse } from './last-use.js';
import { isRevoked, rememberRevoked } from './revoked-keys.js';

@Injectable()
export class ApiKeysService {
  constructor(
    @InjectRepository(ApiKey) private readonly keys: Repository<ApiKey>,
    private readonly transactions: Transactions,
  ) {}

  async verify(sha256: string): Promise<Principal> {
    const key = await this.keys.findOneBy({ sha256, revokedAt: IsNull() });
    // A replica of an older version may have inserted the row again.
    if (!key || (await isRevoked(this.keys.manager, sha256)))
      throw new AppError('unauthenticated', 'This API key is unknown or revoked.');
    await noteUse(this.keys.manager, ApiKey, key);
    const { id: keyId, name, projectId, areas } = key;
    if (!projectId) return { kind: 'organisation', keyId, name };
    const storePayloads = await this.storesPayloads(projectId);
    return { kind: 'project', keyId, name, projectId, areas, storePayloads };
  }

  private async storesPayloads(projectId: string): Promise<boolean> {
    const project = await this.keys.manager.findOneByOrFail(Project, { id: projectId });
    return ProjectSettings.parse(project.settings).storePayloads;
  }

  async list(projectId: string): Promise<ApiKeyView[]> {
    const rows = await this.keys.find({
      where: { projectId, revokedAt: IsNull() },
      order: { createdAt: 'ASC' },
    });
    return rows.map(toApiKey);
  }

  issue(input: InputOf<typeof createApiKey>): Promise<NewApiKey> {
    return this.transactions.run(async (manager, emit) => {
      await requireProject(manager, input.projectId);
      return this.create(manager, emit, input);
    });
  }

  /** @returns the plain key as well: the only time that it is seen */
  async create(
    manager: EntityManager,
    emit: Emit,
    { projectId, name, areas = null }: { projectId: string; name: string; areas?: KeyAreas | null },
  ): Promise<NewApiKey> {
    const key = newKey('ak');
    const row = {
      id: newId('apiKey'),
      projectId,
      name,
      sha256: hashKey(key),
      hint: hintOf(key),
      areas,
      createdAt: new Date(),
      revokedAt: null,
      lastUsedAt: null,
    };
    await this.add(manager, emit, row);
    return { ...toApiKey(row), key };
  }

  /** A fresh key, and the end of all that the project had. */
  rotate(projectId: string): Promise<NewApiKey> {
    return this.transactions.run(async (manager, emit) => {
      await requireProject(manager, projectId);
      const old = await manager.findBy(ApiKey, { projectId, revokedAt: IsNull() });
      await this.revokeRows(manager, emit, old);
      return this.create(manager, emit, { projectId, name: 'rotated key' });
    });
  }

  revoke(projectId: string, id: string): Promise<{ id: string }> {
    return this.transactions.run(async (manager, emit) => {
      await this.revokeIn(manager, emit, projectId, id);
      return { id };
    });
  }

  async revokeIn(manager: EntityManager, emit: Emit, projectId: string, id: string): Promise<void> {
    const row = await manager.findOneBy(ApiKey, { projectId, id, revokedAt: IsNull() });
    if (!row) throw new AppError('not_found', `There is no API key ${id}.`);
    await this.revokeRows(manager, emit, [row]);
  }

  /** Says how many it was given and not how many it knew: that would be a way to test keys. */
  revokeLeaked(sha256: string[]): Promise<{ received: number }> {
    return this.transactions.run(async (manager, emit) => {
      const rows = await manager.findBy(ApiKey, { sha256: In(sha256), revokedAt: IsNull() });
      await this.revokeRows(manager, emit, rows);
      return { received: sha256.length };
    });
  }

  async revokeRows(manager: EntityManager, emit: Emit, rows: readonly ApiKey[]): Promise<void> {
    for (const row of rows) {
      const { id, projectId, sha256 } = row;
      const revokedAt = new Date();
      await manager.update(ApiKey, { id }, { revokedAt });
      await rememberRevoked(manager, { sha256, revokedAt });
      await recordAct(emit, { action: 'api_key.revoked', ...ofKey(row) });
      await emit(apiKeyRevoked, projectId ?? ORGANISATION, { keyId: id, sha256 });
    }
  }

  /**
   * Keeps a key that a setting holds: a changed setting replaces the key that stood there before.
   * @returns `revoked` when the key was revoked once; nothing is changed then, whatever stood there before
   */
  async keepFromSetting(setting: string, projectId: string | null, key: string): Promise<'kept' | 'revoked'> {
    const sha256 = hashKey(key);
    return this.transactions.run(async (manager, emit) => {
      // Replicas that start at once, perhaps with different settings, come one after the other.
      await manager.query('SELECT pg_advisory_xact_lock(hashtext($1))', [`setting ${setting}`]);
      if (await isRevoked(manager, sha256)) return 'revoked';
      const kept = await manager.findOne(ApiKey, {
        where: { name: setting, projectId: projectId ?? IsNull(), revokedAt: IsNull() },
        lock: { mode: 'pessimistic_write' },
      });
      if (kept?.sha256 === sha256) return 'kept';
      const other = await manager.findOneBy(ApiKey, { sha256 });
      if (other && other.projectId !== projectId) {
        throw new Error(`Setting ${setting}: is the API key of another project already`);
      }
      if (kept) await this.revokeRows(manager, emit, [kept]);
      if (other) {
        const changes = { name: setting, areas: null };
        await manager.update(ApiKey, { id: other.id }, changes);
        const reason = 'a key that there was is the one of the setting now';
        const changed = Object.keys(changes);
        await recordAct(emit, { action: 'api_key.created', ...ofKey(other), changed, reason });
      } else {
        await this.add(manager, emit, {
          id: newId('apiKey'),
          projectId,
          name: setting,
          sha256,
          hint: hintOf(key),
          areas: null,
          createdAt: new Date(),
          revokedAt: null,
          lastUsedAt: null,
        });
      }
      return 'kept';
    });
  }

  /** Whether the key was ever revoked, in any project, also a deleted one. */
  isRevoked(key: string): Promise<boolean> {
    return isRevoked(this.keys.manager, hashKey(key));
  }

  /** The only way in which a key comes into the table. */
  private async add(manager: EntityManager, emit: Emit, row: ApiKey): Promise<void> {
    if (await isRevoked(manager, row.sha256)) {
      throw new AppError('conflict', 'This API key was revoked, and stays revoked.', {
        suggestion: 'Make a new one.',
      });
    }
    await manager.insert(ApiKey, row);
    await recordAct(emit, { action: 'api_key.created', ...ofKey(row), changed: fieldsOf(row) });
  }
}

function ofKey({ id, projectId }: Pick<ApiKey, 'id' | 'projectId'>) {
  return { projectId, target: { type: 'api_key', id } } as const;
}

/** The areas by name, so that the audit tells how far a key reaches. */
function fieldsOf({ areas }: Pick<ApiKey, 'areas'>): string[] {
  return ['name', ...Object.entries(areas ?? {}).map(([area, level]) => `areas.${area}:${level}`)];
}

function toApiKey({ id, name, hint, areas, createdAt, lastUsedAt }: ApiKey): ApiKeyView {
  const used = lastUsedAt?.toISOString() ?? null;
  return { id, name, hint, areas, createdAt: createdAt.toISOString(), lastUsedAt: used };
}

/** One that is deleted meanwhile still is there for the transaction. @throws AppError `not_found` */
async function requireProject(manager: EntityManager, id: string): Promise<void> {
  const row = await manager.findOne(Project, { where: { id }, lock: { mode: 'for_key_share' } });
  if (!row) throw new AppError('not_found', `There is no project ${id}.`);
}
