import { createHash } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { AppError, type CallContext } from '@patchbay/contracts';
import { runWithDeadline } from '@patchbay/service';
import type { WorkbenchConfig } from '../config.js';
import { CONFIG } from '../settings.module.js';
import { shareOf } from '../workspaces/index.js';

/** The answer must reach the caller before it gives up. */
const RESERVE_MS = 2_500;
/** Starting the sandbox, restoring it and syncing files come on top of the run itself. */
const OVERHEAD_MS = 150_000;
/** A result whose caller had to leave is kept this long for its retry. */
const KEEP_MS = 120_000;
const MAX_KEPT = 500;

interface Run {
  projectId: string;
  key: string;
  outcome: Promise<unknown>;
  hasEnded: boolean;
  waiting: number;
  /** How many callers were told to retry, and did not yet. */
  expectedRetries: number;
}

/**
 * Runs that may take longer than their callers wait. A caller that was told to retry joins the run that is in progress,
 * or gets its result; so does a request that is marked as a retry. Any other request for the same code runs it once
 * more.
 */
@Injectable()
export class RunsService {
  private readonly runs = new Set<Run>();

  constructor(@Inject(CONFIG) private readonly config: WorkbenchConfig) {}

  async join<T>(
    { session, context }: { session: { projectId: string; id: string }; context: CallContext },
    work: string,
    text: string,
    start: () => Promise<T>,
  ): Promise<T> {
    const key = `${session.id} ${createHash('sha256').update(`${work} ${text}`).digest('base64')}`;
    const run = this.find(key, context.isRetry) ?? this.begin(session.projectId, key, start);
    run.waiting += 1;
    try {
      return await withinDeadline(run.outcome as Promise<T>, context.deadline, () => {
        run.expectedRetries += 1;
      });
    } finally {
      run.waiting -= 1;
      if (run.hasEnded && run.expectedRetries === 0) this.runs.delete(run);
    }
  }

  private find(key: string, isRetry: boolean): Run | undefined {
    const same = [...this.runs].filter((run) => run.key === key);
    const awaited = same.find((run) => run.expectedRetries > 0);
    if (awaited) awaited.expectedRetries -= 1;
    return awaited ?? (isRetry ? same.at(-1) : undefined);
  }

  private begin(projectId: string, key: string, start: () => Promise<unknown>): Run {
    const most = shareOf(MAX_KEPT, this.config.PATCHBAY_WORKBENCH_PROJECT_SHARE);
    if ([...this.runs].filter((run) => run.projectId === projectId).length >= most) {
      throw new AppError('rate_limited', `${most} runs of this project wait here already.`, {
        retryAfter: 5,
      });
    }
    if (this.runs.size >= MAX_KEPT)
      throw new AppError('unavailable', 'The workbench has as many runs as it can hold.', {
        suggestion: 'Try again in a moment. The operator adds replicas of the workbench if it stays so.',
      });
    const limitMs = this.config.PATCHBAY_WORKBENCH_TIME_LIMIT_SECONDS * 1000 + OVERHEAD_MS;
    const run: Run = {
      projectId,
      key,
      outcome: runWithDeadline(Date.now() + limitMs, start),
      hasEnded: false,
      waiting: 0,
      expectedRetries: 0,
    };
    this.runs.add(run);
    const onEnd = () => {
      run.hasEnded = true;
      setTimeout(() => this.runs.delete(run), KEEP_MS).unref();
    };
    run.outcome.then(onEnd, onEnd);
    return run;
  }
}

async function withinDeadline<T>(outcome: Promise<T>, deadline: number, onLate: () => void): Promise<T> {
  const left = deadline - Date.now() - RESERVE_MS;
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () => {
        onLate();
        reject(
          new AppError('unavailable', 'The run is not finished yet; it is still going on.', {
            suggestion: 'Call again with exactly the same arguments to wait for its result.',
            retryable: true,
          }),
        );
      },
      Math.max(0, left),
    );
  });
  try {
    return await Promise.race([outcome, late]);
  } finally {
    clearTimeout(timer);
  }
}
