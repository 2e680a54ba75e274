import { Injectable } from '@nestjs/common';
import { AppError, writeJson } from '@patchbay/contracts';
import { ClientAttempts } from './client-attempts.service.js';
import { IdempotencyQuotas } from './idempotency-quotas.service.js';
import { IdempotencyStore } from './idempotency.store.js';
import type { Execution, IdempotentRequest } from './idempotent-request.js';
import { answerFrom, outcomeUnknown, RequestRecords, type OpenRecord } from './request-records.service.js';
import { newState, outcome } from './request-state.js';

/** How often a key is claimed while other requests claim and release it. */
const MAX_CLAIMS = 5;

/** Executes a request once, however often and at whichever replica it arrives, and gives every caller the same answer. */
@Injectable()
export class IdempotencyService {
  constructor(
    private readonly store: IdempotencyStore,
    private readonly quotas: IdempotencyQuotas,
    private readonly records: RequestRecords,
    private readonly attempts: ClientAttempts,
  ) {}

  execute(request: IdempotentRequest, execution: Execution): Promise<unknown> {
    return request.by === 'key' ? this.byKey(request, execution) : this.attempts.execute(request, execution);
  }

  /** The first request claims the key; all others get its outcome. */
  private async byKey(request: IdempotentRequest & { by: 'key' }, execution: Execution): Promise<unknown> {
    const subject = this.store.subjectOf('keys', request.owner, request.key);
    const started = newState(request);
    let expected = 0;
    for (let attempt = 0; attempt < MAX_CLAIMS; attempt += 1) {
      if (await this.store.claim(subject, writeJson(started), expected)) {
        if (expected === 0) this.quotas.recordAdded('keys', request.owner);
        return this.run({ kind: 'keys', owner: request.owner, subject, started }, execution, expected > 0);
      }
      const found = await this.records.find(subject);
      if (!found) throw outcomeUnknown();
      if (found.state.fingerprint !== request.fingerprint) throw keyReused();
      const { ended } = found.state.ended ? found.state : await this.records.untilEnded(found);
      if (!ended) throw outcomeUnknown();
      if (!ended.released) return answerFrom(ended).data;
      // Nothing was done: this request may be executed after all, unless another one has claimed the key again.
      const released = await this.records.find(subject);
      expected = released?.state.ended?.released ? released.sequence : 0;
    }
    throw new AppError('conflict', 'A request with this Idempotency-Key is being made by other callers.', {
      suggestion: 'Send it again in a moment.',
      retryable: true,
    });
  }

  /** A caller with a key may ask for the answer again at any time, so it is stored before it is given. */
  private run(record: OpenRecord, { work, isCallerGone }: Execution, isRetry: boolean): Promise<unknown> {
    return this.records.hold(
      record,
      () => work(isRetry),
      (came) => this.records.end(record, outcome(came, isCallerGone())),
    );
  }
}

function keyReused(): AppError {
  return new AppError('idempotency_key_reused', 'This Idempotency-Key came with another request before.', {
    suggestion: 'Use a new key for each new request.',
  });
}
