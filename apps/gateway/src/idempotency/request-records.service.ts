import { Injectable } from '@nestjs/common';
import { AppError, writeJson } from '@patchbay/contracts';
import { currentContext } from '@patchbay/service';
import { IdempotencyQuotas } from './idempotency-quotas.service.js';
import { IdempotencyStore, type RecordKind, type StoredRecord } from './idempotency.store.js';
import { leaseEnd, LEASE_SLACK_MS, readState, type Outcome, type RequestState } from './request-state.js';

export type Found = StoredRecord & { state: RequestState };

/** Whose record it is, and what it says at the start. */
export interface OpenRecord {
  kind: RecordKind;
  owner: string;
  subject: string;
  started: RequestState;
}

const LEASE_RENEWAL_MS = 2_000;
const MAX_ANSWER = 4 * 1024 * 1024;
/** Of a caller's time, for telling it how its wait ended. */
const ANSWER_RESERVE_MS = 1_000;

/** The records of requests: how they are found, how long they hold a lease, and how their ends are told and waited for. */
@Injectable()
export class RequestRecords {
  constructor(
    private readonly store: IdempotencyStore,
    private readonly quotas: IdempotencyQuotas,
  ) {}

  async find(subject: string): Promise<Found | undefined> {
    const stored = await this.store.read(subject);
    const state = stored && readState(stored.body);
    return state && { ...stored, state };
  }

  /** Does the work under a lease that is renewed, and gives its outcome to `onEnd` before anybody else hears of it. */
  async hold(
    { subject, started }: OpenRecord,
    work: () => Promise<unknown>,
    onEnd: (outcome: Partial<Outcome>) => Promise<unknown> | void,
  ): Promise<unknown> {
    const renew = () => {
      this.store.write(subject, writeJson({ ...started, until: leaseEnd() })).catch(() => undefined);
    };
    const renewal = setInterval(renew, LEASE_RENEWAL_MS);
    let data: unknown;
    try {
      data = await work();
    } catch (error) {
      clearInterval(renewal);
      await onEnd(outcomeOf(error));
      throw error;
    }
    clearInterval(renewal);
    await onEnd({ data });
    return data;
  }

  /** @returns whether it was stored; without an end the request's retries are not executed either */
  async end({ kind, owner, subject, started }: OpenRecord, ended: Outcome): Promise<boolean> {
    const { at, lost, released } = ended;
    const whole = writeJson({ ...started, ended });
    const dropped = writeJson({ ...started, ended: { at, lost, dropped: true } });
    const bytes = Buffer.byteLength(whole);
    const fits = released || (bytes <= MAX_ANSWER && this.quotas.mayStore(kind, owner, bytes));
    return (
      this.store
        .write(subject, fits ? whole : dropped)
        // A server that takes smaller messages than ours takes this one.
        .catch(() => this.store.write(subject, dropped))
        .then(
          () => true,
          () => false,
        )
    );
  }

  /**
   * The record's state with its end, or without one when it did not come in time.
   * @param atLeastMs how long an end is waited for although the lease is over
   */
  async untilEnded({ subject, state }: Found, atLeastMs = 0): Promise<RequestState> {
    const patience = (currentContext()?.deadline ?? Infinity) - ANSWER_RESERVE_MS;
    const earliest = Date.now() + atLeastMs;
    let timer: NodeJS.Timeout | undefined;
    let watch: { stop(): void } | undefined;
    try {
      return await new Promise<RequestState>((resolve, reject) => {
        const waitFor = (latest: RequestState) => {
          clearTimeout(timer);
          const limit = Math.min(Math.max(latest.until + LEASE_SLACK_MS, earliest), patience);
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
}

/**
 * What the first request was answered with.
 * @throws AppError the first one's error; `unavailable` when its answer was not kept
 */
export function answerFrom({ error, dropped, data }: Outcome): { data: unknown } {
  if (error) throw AppError.fromBody(error);
  if (dropped) {
    throw new AppError(
      'unavailable',
      'The request was made once, and its answer was not kept: it was too large, or the project keeps too much.',
      { suggestion: 'The record of calls holds it.', retryable: false },
    );
  }
  return { data };
}

export function outcomeUnknown(): AppError {
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

/** A retryable error did nothing, and is not the request's answer. */
function outcomeOf(error: unknown): Partial<Outcome> {
  if (!(error instanceof AppError)) {
    return { error: new AppError('internal', 'Something went wrong on our side.').toBody() };
  }
  return error.retryable ? { released: true } : { error: error.toBody() };
}
