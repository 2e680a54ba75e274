import { Injectable } from '@nestjs/common';
import type { DisabledReason } from '@patchbay/contracts';
import type { EntityManager } from 'typeorm';
import { EventsService } from '../events/index.js';
import { HooksStore } from './hooks.store.js';
import { TriggerInstance } from './trigger-instance.entity.js';

/** Reasons of ours, of which the developer is told. */
export type OwnReason = Exclude<DisabledReason, 'by_developer' | 'account_disabled'>;

/** With these an account stands in the way: what was registered at the provider stays, and is used again. */
const OF_ACCOUNTS: readonly DisabledReason[] = ['account_disabled', 'connection_expired'];

/** So long after a poll what changes is gathered for the next: providers tell of each of many changes. */
export const GATHER_SECONDS = 2;

/** The moves of instances between enabled and disabled, with all that belongs to each. */
@Injectable()
export class InstanceStates {
  constructor(
    private readonly events: EventsService,
    private readonly hooks: HooksStore,
  ) {}

  /** Those that are disabled already stay as they are. @returns those that were disabled by this */
  async disable(
    manager: EntityManager,
    instances: readonly TriggerInstance[],
    reason: DisabledReason,
  ): Promise<TriggerInstance[]> {
    const at = new Date();
    const moved = await updated(
      manager,
      `disabled_at = $2, disabled_reason = $3, updated_at = $2, next_poll_at = NULL, lease_token = NULL
        WHERE id = ANY($1) AND disabled_at IS NULL`,
      [ids(instances), at, reason],
    );
    const rows = instances.filter(({ id }) => moved.includes(id));
    if (!OF_ACCOUNTS.includes(reason)) await this.hooks.end(manager, moved);
    for (const row of rows) {
      Object.assign(row, {
        disabledAt: at,
        disabledReason: reason,
        updatedAt: at,
        nextPollAt: null,
        leaseToken: null,
      });
      if (reason !== 'by_developer' && reason !== 'account_disabled')
        await this.tell(manager, row, reason, at);
    }
    return rows;
  }

  /**
   * Polled ones are polled at once, and go on where they were; of the others each without a hook has one begun.
   * @param isMine the caller registers it at once
   * @returns the hooks that were begun
   */
  async enable(manager: EntityManager, instances: readonly TriggerInstance[], isMine = false) {
    const at = new Date();
    const moved = await updated(
      manager,
      `disabled_at = NULL, disabled_reason = NULL, updated_at = $2, enabled_at = $2, failures = 0, last_error = NULL,
        next_poll_at = CASE WHEN mechanism = 'poll' OR is_hinted THEN $2::timestamptz END, lease_token = NULL
        WHERE id = ANY($1) AND disabled_at IS NOT NULL`,
      [ids(instances), at],
    );
    const rows = instances.filter(({ id }) => moved.includes(id));
    const begun = [];
    for (const row of rows) {
      Object.assign(row, {
        disabledAt: null,
        disabledReason: null,
        updatedAt: at,
        failures: 0,
        lastError: null,
      });
      if (row.mechanism === 'poll' || row.appClientId !== null) continue;
      if (!(await this.hooks.resume(manager, row.id)))
        begun.push(await this.hooks.begin(manager, row, isMine));
    }
    return begun;
  }

  /** From its webhook to polling, where the provider makes no hook for the account. */
  async pollInstead(manager: EntityManager, row: TriggerInstance): Promise<void> {
    const at = new Date();
    await this.hooks.end(manager, [row.id]);
    await manager.update(
      TriggerInstance,
      { id: row.id },
      {
        mechanism: 'poll',
        isHinted: false,
        data: null,
        updatedAt: at,
        nextPollAt: row.disabledAt ? null : at,
      },
    );
    Object.assign(row, { mechanism: 'poll', isHinted: false, data: null, updatedAt: at });
  }

  /**
   * Their provider says that something changed: they are polled soon. One that is being polled is polled once more, as that
   * may have come too early; one whose poll failed waits for its next try.
   */
  async hint(manager: EntityManager, instanceIds: readonly string[]): Promise<void> {
    await manager.query(
      `UPDATE trigger_instances SET hinted_at = now(),
        next_poll_at = CASE WHEN lease_token IS NULL AND last_error IS NULL THEN least(next_poll_at,
          greatest(now(), held_until, last_polled_at + interval '${GATHER_SECONDS} seconds')) ELSE next_poll_at END
        WHERE id IN (SELECT id FROM trigger_instances
          WHERE id = ANY($1) AND is_hinted AND disabled_at IS NULL ORDER BY id FOR UPDATE)`,
      [instanceIds],
    );
  }

  async remove(manager: EntityManager, instanceIds: readonly string[]): Promise<void> {
    await manager.query('DELETE FROM trigger_instances WHERE id = ANY($1)', [instanceIds]);
    await this.hooks.end(manager, instanceIds);
  }

  private async tell(
    manager: EntityManager,
    row: TriggerInstance,
    reason: OwnReason,
    at: Date,
  ): Promise<void> {
    await this.events.raise({
      projectId: row.projectId,
      type: 'composio.trigger.disabled',
      data: {
        id: row.id,
        trigger_name: row.triggerSlug,
        toolkit_slug: row.toolkit,
        connected_account_id: row.connectionId,
        user_id: row.userId,
        disabled_reason: reason,
        disabled_at: at.toISOString(),
      },
      metadata: { project_id: row.projectId },
      dedupKey: `${row.id} ${at.toISOString()}`,
      at,
      manager,
    });
  }
}

function ids(instances: readonly TriggerInstance[]): string[] {
  return instances.map(({ id }) => id);
}

async function updated(manager: EntityManager, changes: string, values: unknown[]): Promise<string[]> {
  const [rows] = await manager.query<[{ id: string }[], number]>(
    `UPDATE trigger_instances SET ${changes} RETURNING id`,
    values,
  );
  return rows.map(({ id }) => id);
}
