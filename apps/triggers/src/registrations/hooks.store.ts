import { Injectable } from '@nestjs/common';
import { hookPath, newId, type Registration } from '@patchbay/contracts';
import { hashToken, newSecretToken } from '@patchbay/vault';
import { DataSource, type EntityManager } from 'typeorm';
import { Vault } from '../vault/index.js';
import { columns } from './columns.js';
import { TriggerHook } from './trigger-hook.entity.js';
import type { TriggerInstance } from './trigger-instance.entity.js';

const COLUMN = 'trigger_hooks.sealed_secrets';
/** Longer than anything that is done at a provider may take. */
export const HOOK_LEASE_SECONDS = 60;

/** What lies sealed of a hook. */
interface HookSecrets {
  /** Of its address. */
  token: string;
  /** What its requests are verified by: ours, unless the provider gave one. With what a handshake taught. */
  verifiedBy: Record<string, string>;
}

/** The hooks of instances, as they lie in the table. */
@Injectable()
export class HooksStore {
  constructor(
    private readonly dataSource: DataSource,
    private readonly vault: Vault,
  ) {}

  /**
   * Writes down a hook before the provider is asked for it: its handshake may come before the answer.
   * @param isMine the caller asks the provider at once; otherwise the next sweep does
   */
  async begin(manager: EntityManager, instance: TriggerInstance, isMine: boolean): Promise<TriggerHook> {
    const { projectId, userId, connectionId, toolkit, triggerSlug, config } = instance;
    const token = newSecretToken();
    const owner = { id: newId('triggerHook'), projectId };
    const secrets: HookSecrets = { token, verifiedBy: { secret: newSecretToken() } };
    const now = Date.now();
    const row = {
      ...owner,
      tokenSha256: hashToken(token),
      instanceId: instance.id,
      userId,
      connectionId,
      toolkit,
      triggerSlug,
      config,
      state: 'registering' as const,
      sealedSecrets: this.vault.seal(COLUMN, owner, secrets),
      data: null,
      shakenAt: null,
      expiresAt: null,
      nextTryAt: new Date(isMine ? now + HOOK_LEASE_SECONDS * 1_000 : now),
      tries: 0,
      createdAt: new Date(now),
    };
    await manager.insert(TriggerHook, columns<TriggerHook>(row));
    return row;
  }

  /** Where it is sent to, and the secret that the provider is given for it. */
  addressOf(hook: TriggerHook, publicUrl: string): { url: string; secret: string } {
    const { token, verifiedBy } = this.open(hook);
    return { url: `${publicUrl}${hookPath(token)}`, secret: verifiedBy['secret'] ?? '' };
  }

  verifiedBy(hook: TriggerHook): Record<string, string> {
    return this.open(hook).verifiedBy;
  }

  /** Of a request that came in. */
  async find(token: string): Promise<TriggerHook | undefined> {
    const repository = this.dataSource.getRepository(TriggerHook);
    return (await repository.findOneBy({ tokenSha256: hashToken(token) })) ?? undefined;
  }

  /**
   * Keeps what the provider answered. A hook that was ended meanwhile keeps it too, to be taken away by it.
   * @returns false when there is no such hook any more
   */
  async complete(
    id: string,
    { hook: data, secret, expiresAt }: Registration,
    now = Date.now(),
  ): Promise<boolean> {
    return this.dataSource.transaction(async (manager) => {
      const row = await this.locked(manager, id);
      if (!row) return false;
      const secrets = this.open(row);
      const verifiedBy = { ...secrets.verifiedBy, ...(secret && { secret }) };
      const expires = expiresAt ? new Date(expiresAt) : null;
      const isEnded = row.state === 'removing';
      await manager.update(
        TriggerHook,
        { id },
        columns<TriggerHook>({
          data,
          sealedSecrets: this.vault.seal(COLUMN, row, { ...secrets, verifiedBy }),
          expiresAt: expires,
          tries: 0,
          state: isEnded ? 'removing' : 'active',
          nextTryAt: isEnded ? new Date(now) : expires && renewalOf(expires, now),
        }),
      );
      return true;
    });
  }

  /** Keeps what a handshake taught. @returns false when one was answered before */
  async learn(hook: TriggerHook, learned: Record<string, string>): Promise<boolean> {
    return this.dataSource.transaction(async (manager) => {
      const row = await this.locked(manager, hook.id);
      if (!row || row.shakenAt) return false;
      const secrets = this.open(row);
      const verifiedBy = { ...secrets.verifiedBy, ...learned };
      await manager.update(
        TriggerHook,
        { id: row.id },
        {
          shakenAt: new Date(),
          sealedSecrets: this.vault.seal(COLUMN, row, { ...secrets, verifiedBy }),
        },
      );
      return true;
    });
  }

  /** Nothing that they send is taken from here on; the sweep takes them away at the provider. */
  async end(manager: EntityManager, instanceIds: readonly string[]): Promise<void> {
    await manager.query(
      `UPDATE trigger_hooks SET state = 'removing', next_try_at = now(), tries = 0
        WHERE instance_id = ANY($1) AND state <> 'removing'`,
      [instanceIds],
    );
  }

  /**
   * Takes up the hook that an instance has at its provider still; what has ended is taken away.
   * @returns whether there is one
   */
  async resume(manager: EntityManager, instanceId: string): Promise<boolean> {
    const [rows] = await manager.query<[unknown[], number]>(
      `UPDATE trigger_hooks SET tries = 0, next_try_at = CASE WHEN expires_at IS NOT NULL THEN now() END
        WHERE instance_id = $1 AND state = 'active' AND (expires_at IS NULL OR expires_at > now()) RETURNING id`,
      [instanceId],
    );
    if (rows.length === 0) await this.end(manager, [instanceId]);
    return rows.length > 0;
  }

  /** Those at whose provider something is to be done, each held by one replica. */
  async claim(most: number): Promise<TriggerHook[]> {
    const [rows] = await this.dataSource.query<[{ id: string }[], number]>(
      `UPDATE trigger_hooks SET next_try_at = now() + interval '${HOOK_LEASE_SECONDS} seconds', tries = tries + 1
        WHERE id IN (
          SELECT id FROM trigger_hooks WHERE next_try_at <= now() ORDER BY next_try_at LIMIT $1 FOR UPDATE SKIP LOCKED)
      RETURNING id`,
      [most],
    );
    if (rows.length === 0) return [];
    const repository = this.dataSource.getRepository(TriggerHook);
    return repository
      .createQueryBuilder('hook')
      .whereInIds(rows.map(({ id }) => id))
      .getMany();
  }

  async later(
    id: string,
    changes: Pick<TriggerHook, 'nextTryAt'> & Partial<Pick<TriggerHook, 'state' | 'tries'>>,
  ) {
    await this.dataSource.getRepository(TriggerHook).update({ id }, changes);
  }

  async forget(id: string): Promise<void> {
    await this.dataSource.getRepository(TriggerHook).delete({ id });
  }

  private open(hook: TriggerHook): HookSecrets {
    return this.vault.open(COLUMN, hook, hook.sealedSecrets) as HookSecrets;
  }

  private locked(manager: EntityManager, id: string): Promise<TriggerHook | null> {
    return manager.findOne(TriggerHook, { where: { id }, lock: { mode: 'pessimistic_write' } });
  }
}

const DAY_MS = 86_400_000;

/** A third of its life before it ends, and never more than a day before. */
export function renewalOf(expiresAt: Date, now: number): Date {
  const left = Math.max(0, expiresAt.getTime() - now);
  return new Date(expiresAt.getTime() - Math.min(left / 3, DAY_MS));
}
