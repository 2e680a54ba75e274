import { Inject, Injectable } from '@nestjs/common';
import { counter, LOGGER, REPEAT_AGE_MS, RepeatStore, type Logger, type RepeatKind } from '@patchbay/service';
import { LRUCache } from 'lru-cache';
import type { GatewayConfig } from '../config.js';
import { CONFIG } from '../tokens.js';

/** Projects that are counted apart in one process. */
const MAX_OWNERS = 20_000;
/** How finely the time for which places are kept is counted. */
const SLICES = 24;
/** A project is trimmed when this part of its share is new. */
const TRIM_AFTER = 0.1;

const notKept = counter({
  name: 'patchbay_repeats_over_share_total',
  help: 'Answers that were not kept for a repeat because their project keeps its share, by the kind of repeat.',
  labelNames: ['kind'],
});

/** Bytes in each slice of time, newest last. */
type Slices = { slice: number; bytes: number }[];

/**
 * The bulkhead between projects in what is kept of requests that may come again. Of more places than its share a
 * project loses its own oldest; of more bytes of answers, the answers: that a request was made is still kept then, so
 * that it is not made a second time.
 */
@Injectable()
export class RepeatShares {
  private readonly kept = new LRUCache<string, Slices>({ max: MAX_OWNERS });
  private readonly placedSinceTrim = new LRUCache<string, number>({ max: MAX_OWNERS });
  private readonly trimming = new Set<string>();

  constructor(
    private readonly store: RepeatStore,
    @Inject(CONFIG)
    private readonly config: Pick<
      GatewayConfig,
      'PATCHBAY_REPEATS_PROJECT_PLACES' | 'PATCHBAY_REPEATS_PROJECT_BYTES'
    >,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  /** A place more was taken. No request waits for what follows. */
  placed(kind: RepeatKind, owner: string): void {
    const most = this.config.PATCHBAY_REPEATS_PROJECT_PLACES;
    if (most === 0) return;
    const key = `${kind} ${owner}`;
    const placed = (this.placedSinceTrim.get(key) ?? 0) + 1;
    this.placedSinceTrim.set(key, placed);
    if (placed < most * TRIM_AFTER || this.trimming.has(key)) return;
    this.placedSinceTrim.set(key, 0);
    this.trimming.add(key);
    this.store
      .trim(kind, owner, most)
      .catch((error: unknown) => {
        // What was not trimmed is with the next place.
        this.placedSinceTrim.set(key, placed);
        this.logger.warn({ err: error, projectId: owner }, 'kept requests could not be trimmed yet');
      })
      .finally(() => this.trimming.delete(key));
  }

  /** Whether an answer of so many bytes may be kept, which counts it. */
  mayKeep(kind: RepeatKind, owner: string, bytes: number): boolean {
    const most = this.config.PATCHBAY_REPEATS_PROJECT_BYTES;
    if (most === 0) return true;
    const slice = Math.floor(Date.now() / (REPEAT_AGE_MS[kind] / SLICES));
    const key = `${kind} ${owner}`;
    const slices = (this.kept.get(key) ?? []).filter((one) => one.slice > slice - SLICES);
    const before = slices.reduce((sum, one) => sum + one.bytes, 0);
    const isWithin = before + bytes <= most;
    if (isWithin) {
      const last = slices.at(-1);
      if (last?.slice === slice) last.bytes += bytes;
      else slices.push({ slice, bytes });
    } else {
      notKept.inc({ kind });
    }
    this.kept.set(key, slices);
    return isWithin;
  }
}
