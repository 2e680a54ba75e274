import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { AppError, writeJson } from '@patchbay/contracts';
import { currentContext } from '@patchbay/service';
import { IdempotencyQuotas } from './idempotency-quotas.service.js';
import { IdempotencyStore, type RecordKind, type StoredRecord } from './idempotency.store.js';
import type { IdempotentRequest } from './idempotent-request.js';
import { leaseEnd, newState, readState, type Outcome, type RequestState } from './request-state.js';

type Found = StoredRecord & { state: RequestState };

/** How a request is executed, and whether its caller is still there to be answered. */
export interface Execution {
  /** @param isRetry what still runs for a caller that left is then joined, not started again */
  work: (isRetry: boolean) => Promise<unknown>;
  isCallerGone: () => boolean;
}

/** A client that saw its connection end retries within its longest pause, which is eight seconds. */
const GRACE_MS = 10_000;
const LEASE_RENEWAL_MS = 2_000;
/** A request may end a little after its deadline. */
const SLACK_MS = 2_000;
/** The newest attempts at one request that a retry looks at. */
const MAX_ATTEMPTS = 64;
/** An answer that the caller got is stored only for a connection that broke just then. */
const MAX_DELIVERED_ANSWER = 16 * 1024;
const MAX_ANSWER = 4 * 1024 * 1024;
/** How often a key is claimed while other requests claim and release it. */
const MAX_CLAIMS = 5;

/** What is stored of an answer that the caller got, and whether the caller waits for it. */
interface Storing {
  kind: RecordKind;
  owner: string;
  maxDelivered: number;
  isAwaited: boolean;
}
/** A caller with a key may ask for the answer again at any time. */
const FOR_KEYS: Omit<Storing, 'owner'> = { kind: 'keys', maxDelivered: MAX_ANSWER, isAwaited: true };
const FOR_TRIES: Omit<Storing, 'owner'> = {
  kind: 'tries',
  maxDelivered: MAX_DELIVERED_ANSWER,
  isAwaited: false,
};
const ANSWER_RESERVE_MS = 1_000;

/** Executes a request once, however often and at whichever replica it arrives, and gives every caller the same answer. */
@Injectable()
export class IdempotencyService {
  constructor(
    private readonly store: IdempotencyStore,
    private readonly quotas: IdempotencyQuotas,
  ) {}

  execute(request: IdempotentRequest, execution: Execution): Promise<unknown> {
    return request.by === 'key' ? this.byKey(request, execution) : this.byClient(request, execution);
  }

  /** The first request claims the key; all others get its outcome. */
  private async byKey(request: IdempotentRequest & { by: 'key' }, execution: Execution): Promise<unknown> {
    const subject = this.store.subjectOf('keys', request.owner, request.key);
    const started = newState(request);
    let expected = 0;
    for (let attempt = 0; attempt < MAX_CLAIMS; attempt += 1) {
      if (await this.store.claim(subject, writeJson(started), expected)) {
        if (expected === 0) this.quotas.recordAdded('keys', request.owner);
        const storing = { ...FOR_KEYS, owner: request.owner, isRetry: expected > 0 };
        return this.run(subject, started, execution, storing);
      }
      const found = await this.find(subject);
      if (!found) throw outcomeUnknown();
      if (found.state.fingerprint !== request.fingerprint) throw keyReused();
      const answer = await this.answerOf(found);
      if (answer) return answer.data;
      // Nothing was done: this request may be executed after all, unless another one has claimed the key again.
      const released = await this.find(subject);
      expected = released?.state.ended?.released ? released.sequence : 0;
    }
    throw new AppError('conflict', 'A request with this Idempotency-Key is being made by other callers.', {
      suggestion: 'Send it again in a moment.',
      retryable: true,
    });
  }

  /**
   * The same request may be meant twice, so each first attempt has a record of its own. A retry looks for the attempt
   * whose answer its client did not get; when there is none, the first one never arrived.
   */
  private async byClient(
    request: IdempotentRequest & { by: 'client' },
    execution: Execution,
  ): Promise<unknown> {
    const parent = this.store.subjectOf('tries', request.owner, request.fingerprint);
    if (request.retryCount > 0) {
      const found = await this.unansweredAttempt(parent);
      const answer = found && (await this.answerOf(found));
      if (answer) return answer.data;
    }
    const subject = `${parent}.${Date.now().toString(36)}-${randomUUID()}`;
    const started = newState(request);
    await this.store.write(subject, writeJson(started));
    this.quotas.recordAdded('tries', request.owner);
    const storing = { ...FOR_TRIES, owner: request.owner, isRetry: request.retryCount > 0 };
    return this.run(subject, started, execution, storing);
  }

  private async unansweredAttempt(parent: string): Promise<Found | undefined> {
    const newestFirst = (await this.store.subjectsUnder(parent)).toSorted().toReversed();
    for (const subject of newestFirst.slice(0, MAX_ATTEMPTS)) {
      const found = await this.find(subject);
      const ended = found?.state.ended;
      if (found && !ended?.released && (!ended || ended.lost || ended.at > Date.now() - GRACE_MS))
        return found;
    }
    return undefined;
  }

  private async run(
    subject: string,
    started: RequestState,
    { work, isCallerGone }: Execution,
    { kind, owner, maxDelivered, isAwaited, isRetry }: Storing & { isRetry: boolean },
  ): Promise<unknown> {
    const end = async (outcome: Partial<Outcome>) => {
      const lost = isCallerGone();
      const about = { at: Date.now(), lost };
      const whole = writeJson({ ...started, ended: { ...about, ...outcome } });
      const dropped = writeJson({ ...started, ended: { ...about, dropped: true } });
      const bytes = Buffer.byteLength(whole);
      const fits =
        outcome.released ||
        (bytes <= (lost ? MAX_ANSWER : maxDelivered) && this.quotas.mayStore(kind, owner, bytes));
      const written = this.store
        .write(subject, fits ? whole : dropped)
        // A server that takes smaller messages than ours takes this one.
        .catch(() => this.store.write(subject, dropped))
        // Without an outcome its retries are not executed either.
        .catch(() => undefined);
      if (isAwaited) await written;
    };
    const renew = () => {
      this.store.write(subject, writeJson({ ...started, until: leaseEnd() })).catch(() => undefined);
    };
    const renewal = setInterval(renew, LEASE_RENEWAL_MS);
    let data: unknown;
    try {
      data = await work(isRetry);
    } catch (error) {
      clearInterval(renewal);
      await end(outcomeOf(error));
      throw error;
    } finally {
      clearInterval(renewal);
    }
    await end({ data });
    return data;
  }

  /** The answer of an attempt, waited for while it is running; undefined when it ended with nothing done. */
  private async answerOf(found: Found): Promise<{ data: unknown } | undefined> {
    const { ended } = found.state.ended ? found.state : await this.untilEnded(found);
    if (!ended) throw outcomeUnknown();
    if (ended.released) return undefined;
    if (ended.error) throw AppError.fromBody(ended.error);
    if (ended.dropped) {
      throw new AppError(
        'unavailable',
        'The request was made once, and its answer was not kept: it was too large, or the project keeps too much.',
        { suggestion: 'The record of calls holds it.', retryable: false },
      );
    }
    return { data: ended.data };
  }

  private async untilEnded({ subject, state }: Found): Promise<RequestState> {
    const patience = (currentContext()?.deadline ?? Infinity) - ANSWER_RESERVE_MS;
    let timer: NodeJS.Timeout | undefined;
    let watch: { stop(): void } | undefined;
    try {
      return await new Promise<RequestState>((resolve, reject) => {
        const waitFor = (latest: RequestState) => {
          clearTimeout(timer);
          const limit = Math.min(latest.until + SLACK_MS, patience);
          timer = setTimeout(() => resolve(latest), Math.max(0, limit - Date.now()));
        };
        const take = (body: string) => {
          const next = readState(body);
          if (next?.ended) resolve(next);
          else if (next) waitFor(next);
        };
        waitFor(state);
        watch = this.store.watch(subject, take);
        // It may have ended before the watch began.
        this.store.read(subject).then((stored) => stored && take(stored.body), reject);
      });
    } finally {
      clearTimeout(timer);
      watch?.stop();
    }
  }

  private async find(subject: string): Promise<Found | undefined> {
    const stored = await this.store.read(subject);
    const state = stored && readState(stored.body);
    return state && { ...stored, state };
  }
}

/** A retryable error did nothing, and is not the request's answer. */
function outcomeOf(error: unknown): Partial<Outcome> {
  if (!(error instanceof AppError)) {
    return { error: new AppError('internal', 'Something went wrong on our side.').toBody() };
  }
  return error.retryable ? { released: true } : { error: error.toBody() };
}

function keyReused(): AppError {
  return new AppError('idempotency_key_reused', 'This Idempotency-Key came with another request before.', {
    suggestion: 'Use a new key for each new request.',
  });
}

function outcomeUnknown(): AppError {
  return new AppError(
    'unavailable',
    'This request was begun once and its end is not known; it is not made a second time.',
    {
      suggestion:
        'Look whether it acted: the record of calls shows what was begun. Send a new request if not.',
      retryable: false,
    },
  );
}
