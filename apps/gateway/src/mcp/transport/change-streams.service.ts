import { Inject, Injectable, type OnModuleDestroy } from '@nestjs/common';
import { refusals } from '@patchbay/service';
import { AppError, type Session } from '@patchbay/contracts';
import { tooManyAtOnce } from '../../limits/index.js';
import { CONFIG } from '../../settings.module.js';

/** Of one session; a client needs one. */
const MAX_A_SESSION = 50;
const MAX_STREAMS = 20_000;
/** Clients reconnect by themselves, with the credential that they have by then. */
const MAX_LIFE_MS = 30 * 60_000;

export interface ChangeListener {
  /** The session's tools may have changed. */
  changed(configVersion: number): void;
  /** No more changes will follow. */
  end(): void;
}

/** The clients of this process that listen for changes of a session's tools. */
@Injectable()
export class ChangeStreams implements OnModuleDestroy {
  private readonly streams = new Map<string, Set<ChangeListener>>();
  private readonly byProject = new Map<string, number>();
  private readonly mostOfAProject: number;
  private count = 0;

  constructor(@Inject(CONFIG) config: { PATCHBAY_PROJECT_STREAMS: number }) {
    this.mostOfAProject = config.PATCHBAY_PROJECT_STREAMS || Infinity;
  }

  /** @returns removes the listener */
  open(
    { id: sessionId, projectId }: Pick<Session, 'id' | 'projectId'>,
    listener: ChangeListener,
  ): () => void {
    const streams = this.streams.get(sessionId) ?? new Set();
    const ofProject = this.byProject.get(projectId) ?? 0;
    if (streams.size >= MAX_A_SESSION || ofProject >= this.mostOfAProject) {
      refusals.inc({ limit: 'streams' });
      throw tooManyAtOnce('Too many clients of this session or project are listening for changes already.');
    }
    if (this.count >= MAX_STREAMS) {
      throw new AppError('unavailable', 'Too many clients are listening for changes already.');
    }
    this.streams.set(sessionId, streams.add(listener));
    this.byProject.set(projectId, ofProject + 1);
    this.count += 1;
    const limit = setTimeout(() => listener.end(), MAX_LIFE_MS);
    return () => {
      clearTimeout(limit);
      if (!streams.delete(listener)) return;
      this.count -= 1;
      const left = (this.byProject.get(projectId) ?? 1) - 1;
      if (left > 0) this.byProject.set(projectId, left);
      else this.byProject.delete(projectId);
      if (streams.size === 0) this.streams.delete(sessionId);
    };
  }

  changed(sessionId: string, configVersion: number): void {
    for (const listener of this.streams.get(sessionId) ?? []) listener.changed(configVersion);
  }

  ended(sessionId: string): void {
    for (const listener of this.streams.get(sessionId) ?? []) listener.end();
  }

  /** An open stream would keep the process from stopping. */
  onModuleDestroy(): void {
    for (const sessionId of this.streams.keys()) this.ended(sessionId);
  }
}
