import { Inject, Injectable } from '@nestjs/common';
import { counter, LOGGER, type Logger } from '@patchbay/service';
import { LRUCache } from 'lru-cache';
import type { GatewayConfig } from '../config.js';
import { CONFIG } from '../settings.module.js';
import { IdempotencyStore, RECORD_AGE_MS, type RecordKind } from './idempotency.store.js';

/** Projects that are counted apart in one process. */
const MAX_OWNERS = 20_000;
/** How finely the age of stored bytes is counted. */
const SLICES = 24;
/** A project is trimmed when this part of its quota is new. */
const TRIM_AFTER = 0.1;

const notStored = counter({
  name: 'patchbay_repeats_over_share_total',
  help: 'Answers that were not kept for a retry because their project has reached its quota, by the kind of record.',
  labelNames: ['kind'],
});

/** Bytes in each slice of time, newest last. */
type Slices = { slice: number; bytes: number }[];

/**
 * Each project's quota of records and of bytes of answers. Over its quota of records a project loses its own oldest;
 * over that of bytes, the answers: that a request was made is still stored then, so that it is not made a second time.
 */
@Injectable()
export class IdempotencyQuotas {
  private readonly stored = new LRUCache<string, Slices>({ max: MAX_OWNERS });
  private readonly addedSinceTrim = new LRUCache<string, number>({ max: MAX_OWNERS });
  private readonly trimming = new Set<string>();

  constructor(
    private readonly store: IdempotencyStore,
    @Inject(CONFIG)
    private readonly config: Pick<
      GatewayConfig,
      'PATCHBAY_REPEATS_PROJECT_PLACES' | 'PATCHBAY_REPEATS_PROJECT_BYTES'
    >,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  /** Counts a record; trims in the background. */
  recordAdded(kind: RecordKind, owner: string): void {
    const most = this.config.PATCHBAY_REPEATS_PROJECT_PLACES;
    if (most === 0) return;
    const key = `${kind} ${owner}`;
    this.addedSinceTrim.set(key, (this.addedSinceTrim.get(key) ?? 0) + 1);
    if (!this.trimming.has(key)) void this.trimWhileDue(kind, owner, most);
  }

  /** Records that come while it trims may be due for the next one. */
  private async trimWhileDue(kind: RecordKind, owner: string, most: number): Promise<void> {
    const key = `${kind} ${owner}`;
    this.trimming.add(key);
    for (;;) {
      const added = this.addedSinceTrim.get(key) ?? 0;
      if (added < most * TRIM_AFTER) break;
      this.addedSinceTrim.set(key, 0);
      try {
        await this.store.trim(kind, owner, most);
      } catch (error) {
        // The next record tries again.
        this.addedSinceTrim.set(key, added);
        this.logger.warn({ err: error, projectId: owner }, 'idempotency records could not be trimmed yet');
        break;
      }
    }
    this.trimming.delete(key);
  }

  /** Whether an answer of so many bytes may be stored; counts it if so. */
  mayStore(kind: RecordKind, owner: string, bytes: number): boolean {
    const most = this.config.PATCHBAY_REPEATS_PROJECT_BYTES;
    if (most === 0) return true;
    const slice = Math.floor(Date.now() / (RECORD_AGE_MS[kind] / SLICES));
    const key = `${kind} ${owner}`;
    const slices = (this.stored.get(key) ?? []).filter((one) => one.slice > slice - SLICES);
    const before = slices.reduce((sum, one) => sum + one.bytes, 0);
    const isWithin = before + bytes <= most;
    if (isWithin) {
      const last = slices.at(-1);
      if (last?.slice === slice) last.bytes += bytes;
      else slices.push({ slice, bytes });
    } else {
      notStored.inc({ kind });
    }
    this.stored.set(key, slices);
    return isWithin;
  }
}
