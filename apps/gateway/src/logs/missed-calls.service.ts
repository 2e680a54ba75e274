import { Injectable } from '@nestjs/common';
import { AppError, listCalls, type CallFilter, type CallRecord } from '@patchbay/contracts';
import { Bus } from '@patchbay/service';
import { momentOfChange } from './tail.feed.js';

/** More is a list to be read, not a stream to be caught up with. */
const MAX_MISSED = 500;
/** Clocks of replicas differ, so a later event may have been sent earlier: this much is sent twice. */
const OVERLAP_MS = 2_000;

export interface Missed {
  /** Each as it stands now, in the order in which that came about. */
  calls: CallRecord[];
  /** Why that is not all; null when it is. */
  gap: string | null;
}

/** The calls that a client missed while it was disconnected. */
@Injectable()
export class MissedCalls {
  constructor(private readonly bus: Bus) {}

  /** Never throws: calls that cannot be read are reported as a gap. */
  async since(
    moment: number,
    watched: { projectId: string; filters: readonly CallFilter[] },
  ): Promise<Missed> {
    try {
      const { items, nextCursor } = await this.bus.request(listCalls, {
        projectId: watched.projectId,
        filters: [...watched.filters],
        changedSince: moment - OVERLAP_MS,
        limit: MAX_MISSED,
      });
      const calls = items.toSorted((a, b) => momentOfChange(a) - momentOfChange(b));
      const gap = nextCursor && `More than ${MAX_MISSED} calls were missed: the older ones are in the list.`;
      return { calls, gap };
    } catch (error) {
      const reason = error instanceof AppError ? error.message : 'Something went wrong on our side.';
      return { calls: [], gap: `${reason} What was missed is in the list.` };
    }
  }
}
