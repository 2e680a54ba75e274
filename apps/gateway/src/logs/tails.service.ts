import { Injectable } from '@nestjs/common';
import {
  AppError,
  CallFinished,
  CallStarted,
  EventEnvelope,
  type CallFilter,
  type CallRecord,
} from '@patchbay/contracts';
import { Drain, gauge, NatsClient, refusals } from '@patchbay/service';
import { tooManyAtOnce } from '../limits/index.js';
import { matches } from './matches.js';

/** A client that watches a project's calls as they happen. */
export interface Tail {
  projectId: string;
  filters: readonly CallFilter[];
  send(call: CallRecord): void;
  /** No more calls follow; the client may reconnect. */
  end(reason: string): void;
}

const SUBJECT = 'events.*.call.*';
const MAX_TAILS = 1_000;
const MAX_TAILS_A_PROJECT = 50;

const liveTails = gauge({ name: 'patchbay_live_tails', help: 'Clients that watch calls as they happen.' });

/** Sends calls from the event stream to the clients that watch, with one subscription for all of them. */
@Injectable()
export class TailsService {
  private readonly tails = new Set<Tail>();
  private subscription: Promise<{ unsubscribe(): void }> | undefined;

  constructor(
    private readonly nats: NatsClient,
    drain: Drain,
  ) {
    nats.onLost(() => this.endAll('The event stream was lost for a moment: calls may be missing.'));
    drain.onDrain(async () => this.endAll('The gateway is stopping.'));
  }

  /** Resolves when no call is missed any more. */
  async add(tail: Tail): Promise<{ remove(): void }> {
    this.nats.requireConnected();
    const ofProject = [...this.tails].filter(({ projectId }) => projectId === tail.projectId).length;
    if (ofProject >= MAX_TAILS_A_PROJECT) {
      refusals.inc({ limit: 'streams' });
      throw tooManyAtOnce(
        `Too many clients of this project watch already: it may have ${MAX_TAILS_A_PROJECT} at a time.`,
      );
    }
    if (this.tails.size >= MAX_TAILS) {
      throw new AppError('unavailable', 'Too many clients are watching already.', {
        suggestion: 'Close one of them, or try again later.',
      });
    }
    this.tails.add(tail);
    liveTails.set(this.tails.size);
    this.subscription ??= this.nats.subscribe(SUBJECT, (subject, message) => this.send(subject, message));
    try {
      await this.subscription;
    } catch (error) {
      this.remove(tail);
      throw error;
    }
    return { remove: () => this.remove(tail) };
  }

  private remove(tail: Tail): void {
    this.tails.delete(tail);
    liveTails.set(this.tails.size);
    if (this.tails.size > 0) return;
    const { subscription } = this;
    this.subscription = undefined;
    subscription?.then(
      (active) => active.unsubscribe(),
      () => undefined,
    );
  }

  private send(subject: string, message: unknown): void {
    const call = readCall(subject, message);
    if (!call) return;
    for (const tail of this.tails) {
      if (tail.projectId === call.projectId && matches(call, tail.filters)) tail.send(call);
    }
  }

  private endAll(reason: string): void {
    for (const tail of this.tails) tail.end(reason);
  }
}

/** Events that cannot be read are set aside and counted by `logs`. */
function readCall(subject: string, message: unknown): CallRecord | undefined {
  try {
    const { data } = EventEnvelope.parse(message);
    if (subject.endsWith('.finished')) return CallFinished.parse(data);
    const unknown = { finishedAt: null, durationMs: null, connectionId: null, authConfigId: null };
    return { ...CallStarted.parse(data), ...unknown, status: 'running', error: null, data: null };
  } catch {
    return undefined;
  }
}
