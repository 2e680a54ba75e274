import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import { AppError } from '@patchbay/contracts';

/** Of one session; a client needs one. */
const MAX_A_SESSION = 50;
const MAX_STREAMS = 20_000;
/** Clients come back by themselves: with the key they have by then. */
const MAX_LIFE_MS = 30 * 60_000;

export interface ChangeListener {
  /** The session's tools may be others now. */
  changed(configVersion: number): void;
  /** No more changes will be told here. */
  end(): void;
}

/** Who waits in this process for changes of a session's tools. */
@Injectable()
export class ChangeStreams implements OnModuleDestroy {
  private readonly streams = new Map<string, Set<ChangeListener>>();
  private count = 0;

  /** @returns takes the listener away again */
  open(sessionId: string, listener: ChangeListener): () => void {
    const streams = this.streams.get(sessionId) ?? new Set();
    if (streams.size >= MAX_A_SESSION || this.count >= MAX_STREAMS) {
      throw new AppError('unavailable', 'Too many clients are listening for changes already.');
    }
    this.streams.set(sessionId, streams.add(listener));
    this.count += 1;
    const limit = setTimeout(() => listener.end(), MAX_LIFE_MS);
    return () => {
      clearTimeout(limit);
      if (!streams.delete(listener)) return;
      this.count -= 1;
      if (streams.size === 0) this.streams.delete(sessionId);
    };
  }

  changed(sessionId: string, configVersion: number): void {
    for (const listener of this.streams.get(sessionId) ?? []) listener.changed(configVersion);
  }

  ended(sessionId: string): void {
    for (const listener of this.streams.get(sessionId) ?? []) listener.end();
  }

  /** An open stream would hold the process up until its client leaves. */
  onModuleDestroy(): void {
    for (const sessionId of this.streams.keys()) this.ended(sessionId);
  }
}
