import { randomUUID } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { attemptAskedFor, writeJson, type SignalOf } from '@patchbay/contracts';
import { Bus, Drain, LOGGER, type Logger } from '@patchbay/service';
import { IdempotencyQuotas } from './idempotency-quotas.service.js';
import { IdempotencyStore } from './idempotency.store.js';
import type { Execution, IdempotentRequest } from './idempotent-request.js';
import { RecentAnswers } from './recent-answers.js';
import {
  answerFrom,
  outcomeUnknown,
  RequestRecords,
  type Found,
  type OpenRecord,
} from './request-records.service.js';
import { GRACE_MS, newState, outcome, type Outcome } from './request-state.js';
import { RunningAttempts, type RunningAttempt } from './running-attempts.service.js';

/** The newest attempts at one request that a retry looks at. */
const MAX_ATTEMPTS = 64;
/** How long a replica that is there may take to write the end of an attempt that it answered. */
const SETTLING_MS = 2_000;
const ANSWERED_LONG_AGO: Outcome = { at: 0, lost: false, released: false, dropped: true };

/**
 * Requests that the official clients retry by themselves. The same request may be meant twice, so each attempt has a
 * record of its own. That one was begun is stored, as a killed replica can tell no other; the store is not waited for, as
 * it hears of the attempt on the same connection before any service that acts on it. How one ended is stored by itself
 * only when it may still be asked for: its caller had left, nothing was done, or a retry asks.
 */
@Injectable()
export class ClientAttempts {
  private readonly answered = new RecentAnswers();

  constructor(
    private readonly store: IdempotencyStore,
    private readonly quotas: IdempotencyQuotas,
    private readonly records: RequestRecords,
    private readonly running: RunningAttempts,
    private readonly bus: Bus,
    @Inject(LOGGER) private readonly logger: Logger,
    private readonly drain: Drain,
  ) {
    // A client that comes back in a moment comes to another replica.
    drain.onDrain(() => this.settleAll());
  }

  async execute(request: IdempotentRequest & { by: 'client' }, execution: Execution): Promise<unknown> {
    const { owner, fingerprint, retryCount } = request;
    const parent = this.store.subjectOf('tries', owner, fingerprint);
    if (retryCount > 0) {
      const answer = await this.earlierAnswer(owner, parent);
      if (answer) return answer.data;
    }
    const subject = `${parent}.${Date.now().toString(36)}-${randomUUID()}`;
    const started = { ...newState(request), replica: this.running.replica, begun: Date.now() };
    return this.run({ kind: 'tries', owner, subject, started }, execution, retryCount > 0);
  }

  /** A replica asks how an attempt ended: what this one knows of its own goes into their records. */
  async settle({ replica, owner, subject, fingerprint }: SignalOf<typeof attemptAskedFor>): Promise<void> {
    if (replica !== this.running.replica) return;
    const running = this.running.get(subject);
    if (running) {
      running.isAskedFor = true;
      return;
    }
    const recent = this.answered.get(subject);
    if (recent) await this.records.end(recent.record, recent.ended);
    else if (!this.answered.has(subject)) {
      const started = { fingerprint, until: 0 };
      await this.records.end({ kind: 'tries', owner, subject, started }, ANSWERED_LONG_AGO);
    }
  }

  private run(record: OpenRecord, { work, isCallerGone }: Execution, isRetry: boolean): Promise<unknown> {
    const attempt = this.running.begin(record);
    this.store
      .write(record.subject, writeJson(record.started))
      .catch((error: unknown) => this.logger.warn({ err: error }, 'an attempt could not be stored'));
    this.quotas.recordAdded('tries', record.owner);
    return this.records.hold(
      record,
      () => work(isRetry),
      (came) => this.end(attempt, outcome(came, isCallerGone())),
    );
  }

  private end(attempt: RunningAttempt, ended: Outcome): void {
    const { record, isAskedFor } = attempt;
    if (isAskedFor || ended.lost || ended.released || this.drain.isDraining)
      void this.storeEnd(attempt, ended);
    else {
      this.running.end(attempt);
      this.answered.add(record, ended);
    }
  }

  /** One whose end cannot be stored goes on as if it were running: no retry may take it for answered. */
  private async storeEnd(attempt: RunningAttempt, ended: Outcome): Promise<void> {
    if (!(await this.records.end(attempt.record, ended))) return;
    this.running.end(attempt);
    this.answered.addStored(attempt.record);
  }

  /** The answer of the attempt whose client did not get it; without one, the first attempt never arrived or did nothing. */
  private async earlierAnswer(owner: string, parent: string): Promise<{ data: unknown } | undefined> {
    const newestFirst = (await this.store.subjectsUnder(parent)).toSorted().toReversed();
    for (const subject of newestFirst.slice(0, MAX_ATTEMPTS)) {
      const found = await this.records.find(subject);
      if (!found) continue;
      const ended = found.state.ended ?? (await this.endOf(owner, found));
      if (!ended.released && !wasAnswered(ended)) return answerFrom(ended);
    }
    return undefined;
  }

  /** @throws AppError `unavailable` when its replica is gone, and it may have acted */
  private async endOf(owner: string, found: Found): Promise<Outcome> {
    if (await this.running.hadEnded(found, GRACE_MS)) return ANSWERED_LONG_AGO;
    const { subject, state } = found;
    const settled = this.records.untilEnded(found, SETTLING_MS);
    if (state.replica !== undefined) {
      const { replica, fingerprint } = state;
      this.bus.signal(attemptAskedFor, { replica, owner, subject, fingerprint });
    }
    const { ended } = await settled;
    if (!ended) throw outcomeUnknown();
    return ended;
  }

  private async settleAll(): Promise<void> {
    await Promise.all(this.answered.all().map(({ record, ended }) => this.records.end(record, ended)));
  }
}

/** Its client had its answer, and does not send it again. */
function wasAnswered({ lost, at }: Outcome): boolean {
  return !lost && at <= Date.now() - GRACE_MS;
}
