import { randomUUID } from 'node:crypto';
import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import { readJson, writeJson } from '@patchbay/contracts';
import { z } from 'zod';
import { IdempotencyStore, RECORD_AGE_MS } from './idempotency.store.js';
import type { Found, OpenRecord } from './request-records.service.js';

export interface RunningAttempt {
  record: OpenRecord;
  /** A retry waits for its end. */
  isAskedFor: boolean;
}

/** What a replica was executing at a moment: all else that it had begun before then had ended, and its caller knew. */
const Snapshot = z.object({
  /** Epoch milliseconds, by the replica's own clock. */
  at: z.number(),
  /** The last parts of the records' subjects. */
  running: z.array(z.string()),
});

const SNAPSHOT_EVERY_MS = 1_000;
/** With more of them running there is no snapshot, and what is not known to have ended counts as unknown. */
const MAX_RUNNING = 5_000;
/** In the place of an owner, which is the id of a project, or a dash. */
const OWNER = 'replicas';

/**
 * The attempts that this replica executes, or whose end it could not store. Once a second, while any begin or end, it
 * stores which: one record that tells of all its other attempts that they had ended, should the replica be killed.
 */
@Injectable()
export class RunningAttempts implements OnModuleDestroy {
  /** This process, in the records of its attempts. */
  readonly replica = randomUUID();
  private readonly running = new Map<string, RunningAttempt>();
  private hasChanged = false;
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly store: IdempotencyStore) {}

  onModuleDestroy(): void {
    clearInterval(this.timer);
  }

  begin(record: OpenRecord): RunningAttempt {
    const attempt: RunningAttempt = { record, isAskedFor: false };
    this.running.set(record.subject, attempt);
    this.hasChanged = true;
    this.timer ??= setInterval(() => this.storeSnapshot(), SNAPSHOT_EVERY_MS).unref();
    return attempt;
  }

  end({ record }: RunningAttempt): void {
    this.running.delete(record.subject);
    this.hasChanged = true;
  }

  get(subject: string): RunningAttempt | undefined {
    return this.running.get(subject);
  }

  /** Whether an attempt of any replica, whose record has no end, had ended so long before now. */
  async hadEnded({ subject, state }: Found, longAgoMs: number): Promise<boolean> {
    const { replica, begun } = state;
    if (replica === undefined || begun === undefined) return false;
    const stored = await this.store.read(this.subjectOf(replica));
    const snapshot = stored && Snapshot.safeParse(readJson(stored.body)).data;
    if (!snapshot) return false;
    const { at, running } = snapshot;
    return begun < at && at <= Date.now() - longAgoMs && !running.includes(idOf(subject));
  }

  private storeSnapshot(): void {
    if (!this.hasChanged) return;
    this.hasChanged = false;
    const at = Date.now();
    for (const [subject, { record }] of this.running) {
      // Its record is gone as well.
      if ((record.started.begun ?? 0) < at - RECORD_AGE_MS.tries) this.running.delete(subject);
    }
    if (this.running.size > MAX_RUNNING) return;
    const running = [...this.running.keys()].map(idOf);
    // The next one tells the same and more.
    this.store.write(this.subjectOf(this.replica), writeJson({ at, running })).catch(() => undefined);
  }

  private subjectOf(replica: string): string {
    return this.store.subjectOf('tries', OWNER, replica);
  }
}

function idOf(subject: string): string {
  return subject.slice(subject.lastIndexOf('.') + 1);
}
