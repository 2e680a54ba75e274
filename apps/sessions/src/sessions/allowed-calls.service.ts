import { Injectable } from '@nestjs/common';
import { callsAllowed, type allowForSession, type InputOf } from '@patchbay/contracts';
import { Transactions } from '@patchbay/database';
import { AllowedCall } from './allowed-call.entity.js';
import { sessionNotFound } from './session-not-found.js';
import { Session } from './session.entity.js';

/** Calls beyond this are not stored, and asked about each time. */
const MAX_PER_SESSION = 1_000;

/** Stores the calls that a person has allowed for as long as a session lives. */
@Injectable()
export class AllowedCallsService {
  constructor(private readonly transactions: Transactions) {}

  async allow({ projectId, id, keys }: InputOf<typeof allowForSession>): Promise<Record<string, never>> {
    return this.transactions.run(async (manager, emit) => {
      // Locked, so that a change of the permissions comes before or after, and forgets what was allowed under the old.
      const session = await manager.findOne(Session, {
        where: { projectId, id },
        lock: { mode: 'pessimistic_write' },
      });
      if (!session) throw sessionNotFound(id);
      if ((await manager.countBy(AllowedCall, { sessionId: id })) + keys.length > MAX_PER_SESSION) return {};
      const rows = keys.map((key) => ({ sessionId: id, key }));
      await manager.createQueryBuilder().insert().into(AllowedCall).values(rows).orIgnore().execute();
      await emit(callsAllowed, projectId, { sessionId: id, keys });
      return {};
    });
  }
}
