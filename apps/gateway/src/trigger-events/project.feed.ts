import type { PresentedEvent, TriggerEventReader } from './trigger-event.reader.js';

/** Who watches a project's events. */
export interface Watcher {
  send(event: PresentedEvent): void;
  /** No more events follow; the client may come again. */
  end(reason: string): void;
}

/**
 * The events of one project, read once for all who watch it here. They come in the order in which they were stored and
 * with none left out, so what one signal did not bring, because it was missed, the next one does.
 */
export class ProjectFeed {
  /** With the ids of what each has read by itself, ahead of the others. */
  private readonly watchers = new Map<Watcher, Set<string>>();
  /** The last event that was read; undefined before the first watcher. */
  private position: string | undefined;
  /** One read after another. */
  private turn: Promise<unknown> = Promise.resolve();
  private isAsked = false;
  /** A read has failed, and nothing was read since. */
  isBehind = false;

  constructor(
    private readonly projectId: string,
    private readonly reader: TriggerEventReader,
  ) {}

  /**
   * Resolves when no event is missed any more.
   * @param after the event from which the watcher goes on; without it, from now
   */
  join(watcher: Watcher, after: string | undefined): Promise<void> {
    return this.inTurn(async () => {
      if (this.position === undefined) this.position = await this.reader.position(this.projectId);
      else await this.read();
      const ahead = new Set<string>();
      if (after !== undefined) {
        for await (const { events } of this.reader.after(this.projectId, after)) {
          for (const event of events) {
            watcher.send(event);
            ahead.add(event.id);
          }
        }
      }
      this.watchers.set(watcher, ahead);
    });
  }

  leave(watcher: Watcher): void {
    this.watchers.delete(watcher);
  }

  /** Reads what was stored. What cannot be read now is read with the next call. */
  async advance(): Promise<void> {
    // One that waits for its turn will read it as well.
    if (this.isAsked) return;
    this.isAsked = true;
    await this.inTurn(async () => {
      this.isAsked = false;
      await this.read();
    }).catch(() => {
      this.isBehind = true;
    });
  }

  end(reason: string): void {
    for (const watcher of this.watchers.keys()) watcher.end(reason);
  }

  private async read(): Promise<void> {
    if (this.position === undefined) return;
    for await (const { events, last } of this.reader.after(this.projectId, this.position)) {
      for (const event of events) this.send(event);
      this.position = last;
    }
    this.isBehind = false;
  }

  private send(event: PresentedEvent): void {
    for (const [watcher, ahead] of this.watchers) if (!ahead.delete(event.id)) watcher.send(event);
  }

  private inTurn<T>(work: () => Promise<T>): Promise<T> {
    const done = this.turn.then(work);
    this.turn = done.catch(() => undefined);
    return done;
  }
}
