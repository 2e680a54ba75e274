import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { AppError, writeJson } from '@patchbay/contracts';
import { currentContext, RepeatStore, runInContext, type Kept, type RepeatKind } from '@patchbay/service';
import type { Repeat } from './repeat.js';
import { RepeatShares } from './shares.service.js';
import { leaseEnd, newState, read, type Ended, type State } from './state.js';

type Found = Kept & { state: State };

/** Work for one request, and whether its caller is still there to be answered. */
export interface Once {
  work: () => Promise<unknown>;
  isCallerGone: () => boolean;
}

/** A client that saw its connection end comes back within its longest pause, which is eight seconds. */
const GRACE_MS = 10_000;
/** How often whoever makes a request says that it is still at work. */
const RENEWAL_MS = 2_000;
/** A try may end a little after its deadline. */
const SLACK_MS = 2_000;
/** The newest tries of one request that a repeat looks at. */
const MAX_TRIES = 64;
/** An answer that was given needs to be kept only for a connection that broke just then. */
const MAX_GIVEN_ANSWER = 16 * 1024;
const MAX_ANSWER = 4 * 1024 * 1024;
/** How often a key's place is reached for while others take and release it. */
const CLAIMS = 5;

/** What is kept of an answer that its caller was given, and whether the caller waits until it is. */
interface Keeping {
  kind: RepeatKind;
  owner: string;
  mostKept: number;
  isAwaited: boolean;
}
/** A caller with a key may ask for the answer again at any time. */
const FOR_KEYS: Omit<Keeping, 'owner'> = { kind: 'keys', mostKept: MAX_ANSWER, isAwaited: true };
const FOR_TRIES: Omit<Keeping, 'owner'> = { kind: 'tries', mostKept: MAX_GIVEN_ANSWER, isAwaited: false };
const ANSWER_RESERVE_MS = 1_000;

/** Makes a request once, however often and at whichever replica it comes in, and answers each time alike. */
@Injectable()
export class RepeatsService {
  constructor(
    private readonly store: RepeatStore,
    private readonly shares: RepeatShares,
  ) {}

  once(repeat: Repeat, once: Once): Promise<unknown> {
    return repeat.by === 'key' ? this.byKey(repeat, once) : this.byClient(repeat, once);
  }

  /** The key's place is taken by whoever comes first; everybody else is given what comes of it. */
  private async byKey(repeat: Repeat & { by: 'key' }, once: Once): Promise<unknown> {
    const place = this.store.placeOf('keys', repeat.owner, repeat.key);
    const begun = newState(repeat);
    let expected = 0;
    for (let attempt = 0; attempt < CLAIMS; attempt += 1) {
      if (await this.store.claim(place, writeJson(begun), expected)) {
        if (expected === 0) this.shares.placed('keys', repeat.owner);
        const keeping = { ...FOR_KEYS, owner: repeat.owner };
        return this.make(place, begun, expected > 0 ? again(once) : once, keeping);
      }
      const found = await this.find(place);
      if (!found) throw outcomeUnknown();
      if (found.state.fingerprint !== repeat.fingerprint) throw keyReused();
      const answer = await this.answerOf(found);
      if (answer) return answer.data;
      // Nothing was done: it may be made after all, unless somebody else took the place again by now.
      const released = await this.find(place);
      expected = released?.state.ended?.released ? released.sequence : 0;
    }
    throw new AppError('conflict', 'A request with this Idempotency-Key is being made by other callers.', {
      suggestion: 'Send it again in a moment.',
      retryable: true,
    });
  }

  /**
   * The same request may be meant twice, so each first try has a place of its own. A repeat looks for the try
   * whose answer its client did not get; when there is none, the first one never came in.
   */
  private async byClient(repeat: Repeat & { by: 'client' }, once: Once): Promise<unknown> {
    const below = this.store.placeOf('tries', repeat.owner, repeat.fingerprint);
    if (repeat.count > 0) {
      const found = await this.unansweredTry(below);
      const answer = found && (await this.answerOf(found));
      if (answer) return answer.data;
    }
    const place = `${below}.${Date.now().toString(36)}-${randomUUID()}`;
    const begun = newState(repeat);
    await this.store.write(place, writeJson(begun));
    this.shares.placed('tries', repeat.owner);
    const keeping = { ...FOR_TRIES, owner: repeat.owner };
    return this.make(place, begun, repeat.count > 0 ? again(once) : once, keeping);
  }

  private async unansweredTry(below: string): Promise<Found | undefined> {
    const places = (await this.store.below(below)).toSorted().toReversed().slice(0, MAX_TRIES);
    for (const place of places) {
      const found = await this.find(place);
      const ended = found?.state.ended;
      if (found && !ended?.released && (!ended || ended.lost || ended.at > Date.now() - GRACE_MS))
        return found;
    }
    return undefined;
  }

  private async make(
    place: string,
    begun: State,
    { work, isCallerGone }: Once,
    { kind, owner, mostKept, isAwaited }: Keeping,
  ): Promise<unknown> {
    const end = async (ended: Partial<Ended>) => {
      const lost = isCallerGone();
      const about = { at: Date.now(), lost };
      const whole = writeJson({ ...begun, ended: { ...about, ...ended } });
      const dropped = writeJson({ ...begun, ended: { ...about, dropped: true } });
      const bytes = Buffer.byteLength(whole);
      const fits =
        ended.released ||
        (bytes <= (lost ? MAX_ANSWER : mostKept) && this.shares.mayKeep(kind, owner, bytes));
      const written = this.store
        .write(place, fits ? whole : dropped)
        // A server that takes smaller messages than ours takes this one.
        .catch(() => this.store.write(place, dropped))
        // An end that cannot be kept leaves a try without an answer, which nobody makes again either.
        .catch(() => undefined);
      if (isAwaited) await written;
    };
    const renew = () => {
      this.store.write(place, writeJson({ ...begun, until: leaseEnd() })).catch(() => undefined);
    };
    const renewal = setInterval(renew, RENEWAL_MS);
    let data: unknown;
    try {
      data = await work();
    } catch (error) {
      clearInterval(renewal);
      await end(endOf(error));
      throw error;
    } finally {
      clearInterval(renewal);
    }
    await end({ data });
    return data;
  }

  /** The answer of a try, waited for while it is at work; nothing when it turned out that nothing was done. */
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

  private async untilEnded({ place, state }: Found): Promise<State> {
    const patience = (currentContext()?.deadline ?? Infinity) - ANSWER_RESERVE_MS;
    let timer: NodeJS.Timeout | undefined;
    let watch: { stop(): void } | undefined;
    try {
      return await new Promise<State>((resolve, reject) => {
        const waitFor = (latest: State) => {
          clearTimeout(timer);
          const limit = Math.min(latest.until + SLACK_MS, patience);
          timer = setTimeout(() => resolve(latest), Math.max(0, limit - Date.now()));
        };
        const take = (body: string) => {
          const next = read(body);
          if (next?.ended) resolve(next);
          else if (next) waitFor(next);
        };
        waitFor(state);
        watch = this.store.watch(place, take);
        // It may have ended before the watch began.
        this.store.read(place).then((kept) => kept && take(kept.body), reject);
      });
    } finally {
      clearTimeout(timer);
      watch?.stop();
    }
  }

  private async find(place: string): Promise<Found | undefined> {
    const kept = await this.store.read(place);
    const state = kept && read(kept.body);
    return state && { ...kept, state };
  }
}

/** The same work, for a request that came in before: what went on without its caller is joined, not begun anew. */
function again({ work, isCallerGone }: Once): Once {
  const context = currentContext();
  return { isCallerGone, work: context ? () => runInContext({ ...context, isRepeat: true }, work) : work };
}

/** A refusal that may be sent again did nothing, and is not the request's answer. */
function endOf(error: unknown): Partial<Ended> {
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
