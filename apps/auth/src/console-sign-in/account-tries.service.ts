import { Injectable } from '@nestjs/common';
import { AppError } from '@patchbay/contracts';
import { Transactions } from '@patchbay/database';
import { hashToken } from '@patchbay/vault';
import { SignInTries } from './sign-in-tries.entity.js';

/** Tries that need no wait; after each further one the wait doubles. */
const FREE_TRIES = 5;
const LONGEST_WAIT_MS = 15 * 60_000;
const FORGOTTEN_AFTER_MS = 24 * 3_600_000;

/** Limits the tries of passwords for one e-mail address, from wherever they come and on whichever replica. */
@Injectable()
export class AccountTries {
  constructor(private readonly transactions: Transactions) {}

  /**
   * Counts a try before it is known how it ends, so that many at once are as many as one after the other.
   * @throws AppError `rate_limited`
   */
  async begin(email: string): Promise<void> {
    const waitMs = await this.transactions.run(async (manager) => {
      const emailSha256 = hashToken(email);
      const fresh = { emailSha256, failures: 0, lastAt: new Date(), expiresAt: new Date() };
      await manager
        .createQueryBuilder()
        .insert()
        .into(SignInTries)
        .values(fresh)
        // Changes nothing, and holds the row until the end of the transaction.
        .orUpdate(['email_sha256'], ['email_sha256'])
        .execute();
      const row = await manager.findOneByOrFail(SignInTries, { emailSha256 });
      // Once the row is held: a try that was waited for is over by now.
      const now = Date.now();
      const failures = row.expiresAt.getTime() < now ? 0 : row.failures;
      const wait = row.lastAt.getTime() + waitAfter(failures) - now;
      if (wait > 0) return wait;
      const expiresAt = new Date(now + FORGOTTEN_AFTER_MS);
      await manager.update(
        SignInTries,
        { emailSha256 },
        { failures: failures + 1, lastAt: new Date(now), expiresAt },
      );
      return 0;
    });
    if (waitMs === 0) return;
    throw new AppError('rate_limited', 'There were too many tries to sign in with this e-mail address.', {
      suggestion: 'Wait, or let an owner of the organisation give you a sign-in link.',
      retryAfter: Math.ceil(waitMs / 1_000),
    });
  }

  async succeed(email: string): Promise<void> {
    await this.transactions.run((manager) => manager.delete(SignInTries, { emailSha256: hashToken(email) }));
  }
}

function waitAfter(failures: number): number {
  return failures < FREE_TRIES ? 0 : Math.min(2 ** (failures - FREE_TRIES) * 1_000, LONGEST_WAIT_MS);
}
