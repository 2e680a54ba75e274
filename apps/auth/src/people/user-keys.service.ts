import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import {
  apiKeyRevoked,
  AppError,
  newId,
  type createUserKey,
  type InputOf,
  type KeyHolder,
  type NewUserKey,
  type UserKey as UserKeyView,
} from '@patchbay/contracts';
import { Transactions, type Emit } from '@patchbay/database';
import { ORGANISATION } from '@patchbay/service';
import { In, IsNull, MoreThan, type EntityManager, type FindOptionsWhere, type Repository } from 'typeorm';
import { recordAct } from '../audit.js';
import { hashKey, hintOf, isRevoked, newKey, noteUse, rememberRevoked } from '../projects/index.js';
import { holderOf } from './holder.js';
import { requirePerson } from './person.view.js';
import { UserKey } from './user-key.entity.js';

/** Of one person at the same time. */
const MOST_KEYS = 100;

@Injectable()
export class UserKeysService {
  constructor(
    @InjectRepository(UserKey) private readonly keys: Repository<UserKey>,
    private readonly transactions: Transactions,
  ) {}

  async verify(sha256: string): Promise<KeyHolder> {
    const { manager } = this.keys;
    const [key] = await manager.findBy(UserKey, live({ sha256 }));
    if (!key || (await isRevoked(manager, sha256)))
      throw new AppError('unauthenticated', 'This user key is unknown, revoked or expired.');
    await noteUse(manager, UserKey, key);
    const { id: keyId, personId, expiresAt } = key;
    return holderOf(manager, { keyId, personId, expiresAt });
  }

  async list(personId: string): Promise<UserKeyView[]> {
    const rows = await this.keys.find({ where: live({ personId }), order: { createdAt: 'ASC' } });
    return rows.map(toUserKey);
  }

  issue(input: InputOf<typeof createUserKey>): Promise<NewUserKey> {
    return this.transactions.run((manager, emit) => this.create(manager, emit, input));
  }

  /** @returns the plain key as well: the only time that it is seen */
  async create(
    manager: EntityManager,
    emit: Emit,
    { personId, name, expiresAt }: InputOf<typeof createUserKey>,
  ): Promise<NewUserKey> {
    await requirePerson(manager, personId);
    const end = expiresAt === null ? null : new Date(expiresAt);
    if (end && end <= new Date()) {
      throw new AppError('invalid_request', 'A key cannot expire before it is made.', {
        issues: ['expires_at: must be in the future'],
      });
    }
    if ((await manager.countBy(UserKey, live({ personId }))) >= MOST_KEYS) {
      throw new AppError('conflict', `A person has ${MOST_KEYS} keys at most.`, {
        suggestion: 'Revoke those that are not needed.',
      });
    }
    const key = newKey('uak');
    const row = { ...newRow(key), personId, name, expiresAt: end };
    await this.add(manager, emit, row);
    return { ...toUserKey(row), key };
  }

  revoke(personId: string, id: string): Promise<{ id: string }> {
    return this.transactions.run(async (manager, emit) => {
      await this.revokeIn(manager, emit, personId, id);
      return { id };
    });
  }

  async revokeIn(manager: EntityManager, emit: Emit, personId: string, id: string): Promise<void> {
    const row = await manager.findOneBy(UserKey, { personId, id, revokedAt: IsNull() });
    if (!row) throw new AppError('not_found', `There is no user key ${id}.`);
    await this.revokeRows(manager, emit, [row]);
  }

  /** Says how many it was given and not how many it knew, as that would be a way to test keys. */
  revokeLeaked(sha256: string[]): Promise<{ received: number }> {
    return this.transactions.run(async (manager, emit) => {
      const rows = await manager.findBy(UserKey, { sha256: In(sha256), revokedAt: IsNull() });
      await this.revokeRows(manager, emit, rows);
      return { received: sha256.length };
    });
  }

  async revokeRows(manager: EntityManager, emit: Emit, rows: readonly UserKey[]): Promise<void> {
    for (const { id, personId, sha256 } of rows) {
      const revokedAt = new Date();
      await manager.update(UserKey, { id }, { revokedAt });
      await rememberRevoked(manager, { sha256, revokedAt });
      await recordAct(emit, { action: 'user_key.revoked', ...ofKey({ id, personId }) });
      await emit(apiKeyRevoked, ORGANISATION, { keyId: id, sha256 });
    }
  }

  /**
   * Keeps the key that a setting holds: a changed setting replaces the key that stood there before.
   * @returns `revoked` when the key was revoked once; nothing is changed then
   */
  keepFromSetting(setting: string, personId: string, key: string): Promise<'kept' | 'revoked'> {
    return this.transactions.run(async (manager, emit) => {
      // Replicas that start at once, perhaps with different settings, come one after the other.
      await manager.query('SELECT pg_advisory_xact_lock(hashtext($1))', [`setting ${setting}`]);
      const row = { ...newRow(key), personId, name: setting, expiresAt: null };
      if (await isRevoked(manager, row.sha256)) return 'revoked';
      const known = await manager.findOneBy(UserKey, { sha256: row.sha256 });
      if (known && known.personId !== personId)
        throw new Error(`Setting ${setting}: is the key of another person already`);
      const before = await manager.findBy(UserKey, { personId, name: setting, revokedAt: IsNull() });
      await this.revokeRows(
        manager,
        emit,
        before.filter(({ sha256 }) => sha256 !== row.sha256),
      );
      if (!known) await this.add(manager, emit, row);
      return 'kept';
    });
  }

  /** Whether the key was ever revoked, also a removed person's. */
  isRevoked(key: string): Promise<boolean> {
    return isRevoked(this.keys.manager, hashKey(key));
  }

  /** The only way in which a key comes into the table. */
  private async add(manager: EntityManager, emit: Emit, row: UserKey): Promise<void> {
    await manager.insert(UserKey, row);
    const changed = ['name', ...(row.expiresAt ? ['expiresAt'] : [])];
    await recordAct(emit, { action: 'user_key.created', ...ofKey(row), changed });
  }
}

/** Neither revoked nor expired. */
function live(which: FindOptionsWhere<UserKey>): FindOptionsWhere<UserKey>[] {
  const unrevoked = { ...which, revokedAt: IsNull() };
  return [
    { ...unrevoked, expiresAt: IsNull() },
    { ...unrevoked, expiresAt: MoreThan(new Date()) },
  ];
}

function newRow(key: string) {
  const sha256 = hashKey(key);
  const unused = { revokedAt: null, lastUsedAt: null };
  return { id: newId('apiKey'), sha256, hint: hintOf(key), createdAt: new Date(), ...unused };
}

function ofKey({ id, personId }: Pick<UserKey, 'id' | 'personId'>) {
  return { projectId: null, target: { type: 'user_key', id, userId: personId } } as const;
}

function toUserKey({ id, name, hint, createdAt, expiresAt, lastUsedAt }: UserKey): UserKeyView {
  const [end = null, used = null] = [expiresAt?.toISOString(), lastUsedAt?.toISOString()];
  return { id, name, hint, createdAt: createdAt.toISOString(), expiresAt: end, lastUsedAt: used };
}
