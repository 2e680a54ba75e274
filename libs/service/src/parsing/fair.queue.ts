import { AppError } from '@patchbay/contracts';

export interface FairQueueLimits {
  /** Pieces of work done at once. */
  places: number;
  /** Of them for one owner, however idle the others are: who comes next must not wait for it. */
  placesPerOwner: number;
  /** Pieces of work of one owner that wait. */
  waitingPerOwner: number;
  /** Bytes that the work of one owner holds in memory, waiting or under way. */
  bytesPerOwner: number;
  /** The same for all owners together. */
  bytes: number;
}

interface Waiting {
  start: () => void;
}

interface Owner {
  running: number;
  bytes: number;
  waiting: Set<Waiting>;
}

/** Work of many owners on a few places, an owner's turn after the other's: none can keep another one waiting. */
export class FairQueue {
  /** In the order of their turns. */
  private readonly owners = new Map<string, Owner>();
  private running = 0;
  private bytes = 0;

  constructor(private readonly limits: FairQueueLimits) {}

  get waiting(): number {
    return [...this.owners.values()].reduce((sum, { waiting }) => sum + waiting.size, 0);
  }

  /**
   * @param bytes what the work holds in memory until it is done
   * @param signal takes the work out of the queue while it waits
   * @throws AppError `rate_limited` when the owner has too much waiting; `unavailable` when all of them have;
   * the signal's reason when it is given up
   */
  async run<T>(owner: string, bytes: number, work: () => Promise<T>, signal?: AbortSignal): Promise<T> {
    signal?.throwIfAborted();
    const line = this.admit(owner, bytes);
    try {
      await this.turn(line, signal);
      try {
        return await work();
      } finally {
        line.running -= 1;
        this.running -= 1;
      }
    } finally {
      line.bytes -= bytes;
      this.bytes -= bytes;
      if (line.running === 0 && line.waiting.size === 0) this.owners.delete(owner);
      this.next();
    }
  }

  private admit(owner: string, bytes: number): Owner {
    const line = this.owners.get(owner) ?? { running: 0, bytes: 0, waiting: new Set() };
    const { waitingPerOwner, bytesPerOwner } = this.limits;
    // Whatever one piece is allowed to have must fit where nothing else is.
    const isFull = line.bytes > 0 && line.bytes + bytes > bytesPerOwner;
    if (isFull || line.waiting.size >= waitingPerOwner) {
      throw new AppError('rate_limited', 'The project has too many documents waiting to be read.', {
        retryAfter: 1,
      });
    }
    if (this.bytes > 0 && this.bytes + bytes > this.limits.bytes) {
      throw new AppError('unavailable', 'Too many documents are waiting to be read.', {
        suggestion: 'Try again in a moment.',
      });
    }
    this.owners.set(owner, line);
    line.bytes += bytes;
    this.bytes += bytes;
    return line;
  }

  private turn(line: Owner, signal: AbortSignal | undefined): Promise<void> {
    return new Promise((resolve, reject) => {
      const giveUp = () => {
        line.waiting.delete(entry);
        reject(signal?.reason as Error);
      };
      const entry: Waiting = {
        start: () => {
          signal?.removeEventListener('abort', giveUp);
          line.waiting.delete(entry);
          line.running += 1;
          this.running += 1;
          resolve();
        },
      };
      signal?.addEventListener('abort', giveUp, { once: true });
      line.waiting.add(entry);
      this.next();
    });
  }

  private next(): void {
    while (this.running < this.limits.places) {
      const found = [...this.owners].find(
        ([, { waiting, running }]) => waiting.size > 0 && running < this.limits.placesPerOwner,
      );
      if (!found) return;
      const [owner, line] = found;
      this.owners.delete(owner);
      this.owners.set(owner, line);
      const [first] = line.waiting;
      first?.start();
    }
  }
}
