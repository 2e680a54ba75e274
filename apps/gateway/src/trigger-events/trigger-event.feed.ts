import { Inject, Injectable } from '@nestjs/common';
import { AppError } from '@patchbay/contracts';
import { Drain, gauge, LOGGER, NatsClient, refusals, Sweep, type Logger } from '@patchbay/service';
import { tooManyAtOnce } from '../limits/index.js';
import { ProjectFeed, type Watcher } from './project.feed.js';
import { TriggerEventReader } from './trigger-event.reader.js';

const MAX_WATCHERS = 2_000;
const MAX_WATCHERS_A_PROJECT = 100;
const CATCH_UP_MS = 5_000;

const watchers = gauge({
  name: 'patchbay_trigger_event_watchers',
  help: 'Streams and channels on which events of triggers are sent as they happen.',
});

/** A place among the watchers of a project. */
interface WatcherPlace {
  join: (after?: string) => Promise<void>;
  leave: () => void;
}

interface Watched {
  feed: ProjectFeed;
  count: number;
}

/** The events of triggers, and of the platform itself, for everybody who watches them through this gateway. */
@Injectable()
export class TriggerEventFeed extends Sweep {
  private readonly projects = new Map<string, Watched>();
  private count = 0;

  constructor(
    private readonly reader: TriggerEventReader,
    nats: NatsClient,
    drain: Drain,
    @Inject(LOGGER) protected readonly logger: Logger,
  ) {
    super('the catching up with events of triggers', CATCH_UP_MS);
    // Signals of the outage are not sent again.
    nats.onReturn(() => {
      for (const projectId of this.projects.keys()) this.onStored(projectId);
    });
    drain.onDrain(async () => {
      for (const { feed } of this.projects.values()) feed.end('The gateway is stopping.');
    });
  }

  /**
   * Takes a place for a watcher.
   * @returns `join`, from when on it is sent events, and `leave`, which gives the place back
   * @throws AppError `rate_limited` when the project has its share of watchers, `unavailable` when the process is full
   */
  open(projectId: string, watcher: Watcher): WatcherPlace {
    const watched = this.placeIn(projectId);
    let isHere = true;
    return {
      join: async (after) => {
        await watched.feed.join(watcher, after);
        if (!isHere) watched.feed.leave(watcher);
      },
      leave: () => {
        if (!isHere) return;
        isHere = false;
        watched.feed.leave(watcher);
        this.giveBack(projectId, watched);
      },
    };
  }

  /** A project has events that were not read yet. */
  onStored(projectId: string): void {
    const watched = this.projects.get(projectId);
    void watched?.feed.advance();
  }

  /** What could not be read when it was told of. */
  protected async round(): Promise<void> {
    for (const { feed } of this.projects.values()) if (feed.isBehind) await feed.advance();
  }

  private placeIn(projectId: string): Watched {
    const watched = this.projects.get(projectId) ?? {
      feed: new ProjectFeed(projectId, this.reader),
      count: 0,
    };
    if (watched.count >= MAX_WATCHERS_A_PROJECT) {
      refusals.inc({ limit: 'streams' });
      throw tooManyAtOnce(
        `Too many clients of this project watch already: it may have ${MAX_WATCHERS_A_PROJECT} at a time.`,
      );
    }
    if (this.count >= MAX_WATCHERS) {
      refusals.inc({ limit: 'streams' });
      throw new AppError('unavailable', 'Too many clients are watching already.', {
        suggestion: 'Close one of them, or try again later.',
      });
    }
    watched.count += 1;
    this.projects.set(projectId, watched);
    this.tell(1);
    return watched;
  }

  private giveBack(projectId: string, watched: Watched): void {
    watched.count -= 1;
    if (watched.count === 0) this.projects.delete(projectId);
    this.tell(-1);
  }

  private tell(change: number): void {
    this.count += change;
    watchers.set(this.count);
  }
}
