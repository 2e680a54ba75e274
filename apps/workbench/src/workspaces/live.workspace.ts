import { AppError, type SandboxSize } from '@patchbay/contracts';
import type { AgentClient } from '../agent/index.js';
import type { CurrentRun } from '../helpers/index.js';
import type { HomeArchive } from './home.archive.js';
import type { SandboxRef } from './leases.service.js';
import type { MountSync } from './mount.sync.js';

/** Runs of one session that may wait for the one before them. */
const MAX_WAITING = 20;

/** A session's sandbox while it runs. Work in it is done one at a time, in order. */
export class LiveWorkspace {
  private last: Promise<unknown> = Promise.resolve();
  private waiting = 0;
  private notices: string[] = [];
  lastUsed = Date.now();
  /** Whether nothing was run since its archive was made. */
  isArchiveCurrent = false;
  /** The run in progress. */
  run: CurrentRun = { proxyExecution: false, logId: '', storePayloads: true };
  /** Set once it is being suspended: later runs wait for that and start it again. */
  suspending: Promise<void> | undefined;

  constructor(
    readonly session: { projectId: string; id: string },
    readonly size: SandboxSize,
    readonly agent: AgentClient,
    readonly mount: MountSync,
    readonly archive: HomeArchive,
  ) {}

  /** Names this very sandbox in the table, and none that the session had or gets besides. */
  get ref(): SandboxRef {
    return { sessionId: this.session.id, sandboxId: this.agent.sandbox.id };
  }

  get isIdle(): boolean {
    return this.waiting === 0;
  }

  /** Adds to what the next run's answer mentions. */
  note(text: string | null): void {
    if (text) this.notices.push(text);
  }

  takeNotices(): string | null {
    const texts = this.notices;
    this.notices = [];
    return texts.length > 0 ? texts.join('\n') : null;
  }

  /** Does it when all earlier work is done. */
  async enqueueRun<T>(work: () => Promise<T>): Promise<T> {
    if (this.waiting >= MAX_WAITING) {
      throw new AppError('sandbox_limit', `${MAX_WAITING} runs of this session wait already.`, {
        suggestion: 'Wait for their answers first.',
      });
    }
    this.waiting += 1;
    try {
      return await this.enqueue(work);
    } finally {
      this.waiting -= 1;
      this.lastUsed = Date.now();
    }
  }

  /** The same for the workbench's own work, which does not count as use. */
  enqueue<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.last.then(work);
    this.last = turn.catch(() => undefined);
    return turn;
  }
}
