import type { CallRecord } from '@patchbay/contracts';

/** Calls held back at most while the missed ones are read from the record. */
const MAX_HELD = 2_000;

/** The id of a server-sent event: it has the moment, so that a client that reconnects is sent what it missed since. */
export function eventId(call: CallRecord): string {
  return [momentOfChange(call), call.logId, call.status].join('-');
}

/** @returns the moment of the last event that a client saw, in epoch milliseconds; undefined for no id of ours */
export function momentOf(lastEventId: string | undefined): number | undefined {
  const moment = /^(\d{13})-/.exec(lastEventId ?? '')?.[1];
  return moment === undefined ? undefined : Number(moment);
}

/** When it began or ended, whichever it did last. */
export function momentOfChange(call: CallRecord): number {
  return Date.parse(call.finishedAt ?? call.startedAt);
}

/** What one client is sent: first what it missed, then what happened meanwhile, then what happens. */
export class TailFeed {
  private held: CallRecord[] | undefined;

  constructor(
    private readonly send: (call: CallRecord) => void,
    private readonly options: { isHeld: boolean; onOverflow: () => void },
  ) {
    this.held = options.isHeld ? [] : undefined;
  }

  take(call: CallRecord): void {
    if (!this.held) return this.send(call);
    this.held.push(call);
    if (this.held.length > MAX_HELD) this.options.onOverflow();
  }

  /** @param missed what is sent first; of what was held, only what is newer follows */
  release(missed: readonly CallRecord[]): void {
    const sent = new Map(missed.map(({ logId, status }) => [logId, status]));
    for (const call of missed) this.send(call);
    for (const call of this.held ?? []) {
      const before = sent.get(call.logId);
      if (!before || (before === 'running' && call.status !== 'running')) this.send(call);
    }
    this.held = undefined;
  }
}
