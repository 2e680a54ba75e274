import { Injectable } from '@nestjs/common';
import { connectionChanged, type EventDataOf } from '@patchbay/contracts';
import { Transactions } from '@patchbay/database';

import { InstanceStates, TriggerInstance } from '../registrations/index.js';

type Change = EventDataOf<typeof connectionChanged>;

/** What becomes of instances when something becomes of their account. */
@Injectable()
export class AccountStates {
  constructor(
    private readonly states: InstanceStates,
    private readonly transactions: Transactions,
  ) {}

  /** May be told the same twice. */
  async apply(projectId: string, { connectionId, status }: Change): Promise<void> {
    await this.transactions.run(async (manager) => {
      // Locked, so that no poll that has just ended moves one of them at the same time.
      const rows = await manager.find(TriggerInstance, {
        where: { projectId, connectionId },
        order: { id: 'asc' },
        lock: { mode: 'pessimistic_write' },
      });
      if (rows.length === 0) return;
      switch (status) {
        case null:
          return this.states.remove(
            manager,
            rows.map(({ id }) => id),
          );
        case 'INACTIVE':
          await this.states.disable(manager, rows, 'account_disabled');
          return;
        case 'EXPIRED':
        case 'REVOKED':
        case 'FAILED':
          await this.states.disable(manager, rows, 'connection_expired');
          return;
        case 'ACTIVE':
          await this.states.enable(
            manager,
            rows.filter(
              ({ disabledReason: reason }) =>
                reason === 'account_disabled' || reason === 'connection_expired',
            ),
          );
          return;
        default:
        // A sign-in has begun: how it ends will be told.
      }
    });
  }

  /** With their project everything goes: there is no account left to ask a provider with. */
  async removeProject(projectId: string): Promise<void> {
    await this.transactions.run(async (manager) => {
      await manager.query('DELETE FROM trigger_hooks WHERE project_id = $1', [projectId]);
      await manager.query('DELETE FROM trigger_instances WHERE project_id = $1', [projectId]);
    });
  }
}
