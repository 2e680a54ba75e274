import { Injectable } from '@nestjs/common';
import { callsAllowed, type allowForSession, type InputOf } from '@patchbay/contracts';
import { Transactions } from '@patchbay/database';
import { sessionNotFound } from '../sessions/session-not-found.js';
import { Session } from '../sessions/session.entity.js';
import { AllowedCall } from './allowed-call.entity.js';

/** More calls than this are asked about again. */
const KEPT_A_SESSION = 1_000;

/** Keeps what people allow for as long as a session lives. */
@Injectable()
export class PermissionsService {
  constructor(private readonly transactions: Transactions) {}

  async allow({ projectId, id, keys }: InputOf<typeof allowForSession>): Promise<Record<string, never>> {
    return this.transactions.run(async (manager, emit) => {
      // Locked, so that a change of the permissions comes before or after, and forgets what was allowed under the old.
      const session = await manager.findOne(Session, {
        where: { projectId, id },
        lock: { mode: 'pessimistic_write' },
      });
      if (!session) throw sessionNotFound(id);
      if ((await manager.countBy(AllowedCall, { sessionId: id })) + keys.length > KEPT_A_SESSION) return {};
      const rows = keys.map((key) => ({ sessionId: id, key }));
      await manager.createQueryBuilder().insert().into(AllowedCall).values(rows).orIgnore().execute();
      await emit(callsAllowed, projectId, { sessionId: id, keys });
      return {};
    });
  }
}
