import { createInbox, errors, type Msg, type MsgHdrs, type NatsConnection } from '@nats-io/transport-node';

export interface Question {
  subject: string;
  payload: string;
  headers: MsgHdrs;
  timeoutMs: number;
}

interface Waiting {
  subject: string;
  resolve: (reply: Msg) => void;
  reject: (error: Error) => void;
  timer: NodeJS.Timeout;
}

/** Timers of one length share a list in Node; a request waits at most this much longer than it said. */
const TIMER_STEP_MS = 50;

/**
 * Requests and the replies they wait for, on one subscription. nats.js can do that too, but spends an error with
 * its stack, five promises and a timer of its own on each request (bench/README.md).
 */
export class Replies {
  private readonly waiting = new Map<string, Waiting>();
  private readonly inbox: string;
  private asked = 0;

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

  /** @throws NoRespondersError, TimeoutError, or what `endAll` was given */
  ask({ subject, payload, headers, timeoutMs }: Question): Promise<Msg> {
    return new Promise((resolve, reject) => {
      const token = (this.asked += 1).toString(36);
      // Throws when it cannot be sent: nothing waits then.
      this.connection.publish(subject, payload, { headers, reply: this.inbox + token });
      const timer = setTimeout(
        () => this.end(token)?.reject(new errors.TimeoutError()),
        Math.ceil(timeoutMs / TIMER_STEP_MS) * TIMER_STEP_MS,
      );
      this.waiting.set(token, { subject, resolve, reject, timer });
    });
  }

  /** Ends what waits, all of it or what was asked on one subject. */
  endAll(error: Error, subject?: string): void {
    for (const [token, waiting] of this.waiting) {
      if (subject === undefined || waiting.subject === subject) this.end(token)?.reject(error);
    }
  }

  private take(reply: Msg): void {
    const waiting = this.end(reply.subject.slice(this.inbox.length));
    // The server itself answers a request on a subject that nobody hears.
    if (reply.data.length === 0 && reply.headers?.code === 503) {
      waiting?.reject(new errors.NoRespondersError(waiting.subject));
    } else waiting?.resolve(reply);
  }

  private end(token: string): Waiting | undefined {
    const waiting = this.waiting.get(token);
    clearTimeout(waiting?.timer);
    this.waiting.delete(token);
    return waiting;
  }
}
