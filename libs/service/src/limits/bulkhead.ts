import { counter } from '../telemetry/metrics.js';

/** From this part of all places on they are shared evenly. */
const SCARCE = 0.75;

export const refusals = counter({
  name: 'patchbay_limit_refusals_total',
  help: 'Requests that were refused because a limit was reached, by the limit.',
  labelNames: ['limit'],
});

/** How much may be under way in one process, together and of one owner; 0 sets no bound. */
export interface BulkheadSize {
  all: number;
  ofOne: number;
}

/** `share`: the owner holds its own share of places; `full`: there is no free one. */
export type NoPlace = 'share' | 'full';

/**
 * Keeps apart what several owners, projects mostly, have under way in one process. While there is room an owner may
 * have as many places as the size says; when places get scarce, no more than its even share of them.
 */
export class Bulkhead {
  private readonly byOwner = new Map<string, number>();
  private taken = 0;

  constructor(private readonly size: BulkheadSize) {}

  /** @returns gives the place back, however often it is called; or why there is none */
  enter(owner: string): (() => void) | NoPlace {
    const mine = this.heldBy(owner);
    if (mine >= this.shareOf(mine)) return 'share';
    if (this.size.all > 0 && this.taken >= this.size.all) return 'full';
    this.taken += 1;
    this.byOwner.set(owner, mine + 1);
    let isHeld = true;
    return () => {
      if (isHeld) this.leave(owner);
      isHeld = false;
    };
  }

  heldBy(owner: string): number {
    return this.byOwner.get(owner) ?? 0;
  }

  private leave(owner: string): void {
    this.taken -= 1;
    const mine = this.heldBy(owner) - 1;
    if (mine > 0) this.byOwner.set(owner, mine);
    else this.byOwner.delete(owner);
  }

  private shareOf(mine: number): number {
    const { all, ofOne } = this.size;
    const most = ofOne || Infinity;
    if (!all || this.taken < all * SCARCE) return most;
    const owners = this.byOwner.size + (mine === 0 ? 1 : 0);
    // As if one more came: that one must find room.
    return Math.min(most, Math.max(1, Math.floor(all / (owners + 1))));
  }
}
