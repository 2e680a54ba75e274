import { createInbox, errors, type Msg, type MsgHdrs, type NatsConnection } from '@nats-io/transport-node';
import { inquirySubject, MAX_ASKED, readClaims } from './in-flight-inquiry.js';

export interface Question {
  subject: string;
  payload: string;
  headers: MsgHdrs;
  timeoutMs: number;
}

/** The replica that took the request is gone, and no other has it. Whether it was executed is not known. */
export class RequestLost extends Error {
  constructor(readonly subject: string) {
    super(`A request to ${subject} was lost with its replica`);
    this.name = 'RequestLost';
  }
}

interface Waiting {
  subject: string;
  since: number;
  /** Inquiries in a row in which no replica had it. */
  missed: number;
  /** The inquiry that counted last. */
  countedIn: string;
  resolve: (reply: Msg) => void;
  reject: (error: Error) => void;
  timer: NodeJS.Timeout;
}

/** Timers of one length share a list in Node; a request waits at most this much longer than it said. */
const TIMER_STEP_MS = 50;
/** Most requests are answered long before an inquiry. */
const INQUIRE_AFTER_MS = 2_000;
const INQUIRE_EVERY_MS = 1_000;
/**
 * A replica that is too busy to answer one inquiry answers the next. Replicas that know nothing of inquiries answer none,
 * and their requests wait for their time-out.
 */
const MISSES_OF_A_LOST_ONE = 5;

/**
 * Requests and the replies they wait for, on one subscription. nats.js can do that too, but spends an error with
 * its stack, five promises and a timer of its own on each request (bench/README.md).
 */
export class Replies {
  private readonly waiting = new Map<string, Waiting>();
  private readonly inbox: string;
  private asked = 0;
  private inquiring: NodeJS.Timeout | undefined;
  /** What was asked in the inquiries that may still be answered, oldest first; tokens by the inquiry's own token. */
  private readonly inquiries = new Map<string, { tokens: string[]; isCurrent: boolean }>();

  constructor(
    private readonly connection: NatsConnection,
    inboxPrefix: string,
  ) {
    this.inbox = `${createInbox(inboxPrefix)}.`;
    connection.subscribe(`${this.inbox}*`, {
      callback: (error, reply) => {
        // Without a message: the client reports it, and what waits ends with its own time.
        if (!error) this.take(reply);
      },
    });
  }

  /** @throws NoRespondersError, TimeoutError, RequestLost, or what `endAll` was given */
  ask({ subject, payload, headers, timeoutMs }: Question): Promise<Msg> {
    return new Promise((resolve, reject) => {
      const token = this.nextToken();
      // Throws when it cannot be sent: nothing waits then.
      this.connection.publish(subject, payload, { headers, reply: this.inbox + token });
      const timer = setTimeout(
        () => this.end(token)?.reject(new errors.TimeoutError()),
        Math.ceil(timeoutMs / TIMER_STEP_MS) * TIMER_STEP_MS,
      );
      const since = performance.now();
      this.waiting.set(token, { subject, since, missed: 0, countedIn: '', resolve, reject, timer });
      this.inquiring ??= setInterval(() => this.inquire(), INQUIRE_EVERY_MS).unref();
    });
  }

  /** Ends what waits, all of it or what was asked on one subject. */
  endAll(error: Error, subject?: string): void {
    for (const [token, waiting] of this.waiting) {
      if (subject === undefined || waiting.subject === subject) this.end(token)?.reject(error);
    }
  }

  private take(reply: Msg): void {
    const token = reply.subject.slice(this.inbox.length);
    // The server itself answers a request on a subject without subscribers.
    const hasNoResponders = reply.data.length === 0 && reply.headers?.code === 503;
    const inquiry = this.inquiries.get(token);
    if (inquiry) {
      this.count(token, inquiry, hasNoResponders ? [] : readClaims(reply));
      return;
    }
    const waiting = this.end(token);
    if (hasNoResponders) waiting?.reject(new errors.NoRespondersError(waiting.subject));
    else waiting?.resolve(reply);
  }

  /** Asks after what has waited long, of each service all at once. */
  private inquire(): void {
    if (this.waiting.size === 0) {
      clearInterval(this.inquiring);
      this.inquiring = undefined;
      this.inquiries.clear();
      return;
    }
    const longAgo = performance.now() - INQUIRE_AFTER_MS;
    const tokens = new Map<string, string[]>();
    for (const [token, { subject, since }] of this.waiting) {
      const inquired = since < longAgo && inquirySubject(subject);
      if (!inquired) continue;
      const asked = tokens.get(inquired) ?? [];
      if (asked.length < MAX_ASKED) asked.push(token);
      tokens.set(inquired, asked);
    }
    for (const inquiry of this.inquiries.values()) inquiry.isCurrent = false;
    for (const [subject, asked] of tokens) this.send(subject, asked);
    const kept = tokens.size * MISSES_OF_A_LOST_ONE;
    for (const old of [...this.inquiries.keys()].slice(0, -kept || undefined)) this.inquiries.delete(old);
  }

  private send(subject: string, tokens: string[]): void {
    const inquiry = this.nextToken();
    const asked = JSON.stringify(tokens.map((token) => this.inbox + token));
    try {
      this.connection.publish(subject, asked, { reply: this.inbox + inquiry });
      this.inquiries.set(inquiry, { tokens, isCurrent: true });
    } catch {
      // The connection is lost: `endAll` ends what waits.
    }
  }

  /** A late answer still proves what the replica has, but no longer what it has not. */
  private count(
    inquiry: string,
    { tokens, isCurrent }: { tokens: string[]; isCurrent: boolean },
    claims: string[],
  ): void {
    const claimed = new Set(claims);
    for (const token of tokens) {
      const waiting = this.waiting.get(token);
      if (!waiting) continue;
      if (claimed.has(this.inbox + token)) {
        waiting.missed = 0;
        waiting.countedIn = inquiry;
      } else if (isCurrent && waiting.countedIn !== inquiry) {
        // Another replica may have it: of each inquiry one miss counts, until a replica claims it.
        waiting.missed += 1;
        waiting.countedIn = inquiry;
        if (waiting.missed >= MISSES_OF_A_LOST_ONE) this.end(token)?.reject(new RequestLost(waiting.subject));
      }
    }
  }

  private nextToken(): string {
    return (this.asked += 1).toString(36);
  }

  private end(token: string): Waiting | undefined {
    const waiting = this.waiting.get(token);
    clearTimeout(waiting?.timer);
    this.waiting.delete(token);
    return waiting;
  }
}
