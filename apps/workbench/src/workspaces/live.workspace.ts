import { AppError, type SandboxSize } from '@patchbay/contracts';
import type { AgentClient } from '../agent/agent.client.js';
import type { HomeArchive } from './home.archive.js';
import type { Held } from './leases.service.js';
import type { MountSync } from './mount.sync.js';

/** Runs of one session that may wait for the one before them. */
const MAX_WAITING = 20;

/** What the helpers of a run may do, and how their calls are put on the record. */
export interface CurrentRun {
  proxyExecution: boolean;
  logId: string;
  storePayloads: boolean;
}

/** A session's sandbox while it runs. What is done in it is done one after another. */
export class LiveWorkspace {
  private last: Promise<unknown> = Promise.resolve();
  private waiting = 0;
  private notices: string[] = [];
  lastUsed = Date.now();
  /** Whether its archive is as new as it is. */
  isArchiveCurrent = false;
  /** The run that is under way. */
  run: CurrentRun = { proxyExecution: false, logId: '', storePayloads: true };
  /** Set once it is being put away: whoever comes later waits for that and starts anew. */
  leaving: Promise<void> | undefined;

  constructor(
    readonly session: { projectId: string; id: string },
    readonly size: SandboxSize,
    readonly agent: AgentClient,
    readonly mount: MountSync,
    readonly archive: HomeArchive,
  ) {}

  /** What is written down of it is written down of this sandbox, and of none that came after it. */
  get held(): Held {
    return { sessionId: this.session.id, sandboxId: this.agent.sandbox.id };
  }

  get isIdle(): boolean {
    return this.waiting === 0;
  }

  /** What the next run's answer should mention. */
  note(text: string | null): void {
    if (text) this.notices.push(text);
  }

  takeNotices(): string | null {
    const texts = this.notices;
    this.notices = [];
    return texts.length > 0 ? texts.join('\n') : null;
  }

  /** Does it when everything asked for before is done. */
  async inTurn<T>(work: () => Promise<T>): Promise<T> {
    if (this.waiting >= MAX_WAITING) {
      throw new AppError('sandbox_limit', `${MAX_WAITING} runs of this session wait already.`, {
        suggestion: 'Wait for their answers first.',
      });
    }
    this.waiting += 1;
    try {
      return await this.afterAll(work);
    } finally {
      this.waiting -= 1;
      this.lastUsed = Date.now();
    }
  }

  /** The same for work of our own, which is no use of the sandbox. */
  afterAll<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.last.then(work);
    this.last = turn.catch(() => undefined);
    return turn;
  }
}
