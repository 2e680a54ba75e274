import { createHash } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { AppError } from '@patchbay/contracts';
import { currentContext, newContext, runInContext } from '@patchbay/service';
import type { WorkbenchConfig } from '../config.js';
import { CONFIG } from '../tokens.js';
import { shareOf } from '../workspaces/places.js';

/** The answer must reach its caller before that one gives up. */
const RESERVE_MS = 2_500;
/** Starting, bringing back and taking files over come on top of the run itself. */
const AROUND_MS = 150_000;
/** A result that nobody waited for is kept this long for whoever asks again. */
const KEEP_MS = 120_000;
const MAX_KEPT = 500;

interface Run {
  projectId: string;
  key: string;
  outcome: Promise<unknown>;
  hasEnded: boolean;
  waiting: number;
  /** How many callers were told to ask again, and did not yet. */
  owed: number;
}

/**
 * Runs that may take longer than their callers wait. A caller that was told to ask again joins the one that is under
 * way, or gets its result; so does a request that says that it was sent before. Anybody else who asks for the same
 * means it once more.
 */
@Injectable()
export class RunsService {
  private readonly runs = new Set<Run>();

  constructor(@Inject(CONFIG) private readonly config: WorkbenchConfig) {}

  async join<T>(
    session: { projectId: string; id: string },
    work: string,
    text: string,
    start: () => Promise<T>,
  ): Promise<T> {
    const key = `${session.id} ${createHash('sha256').update(`${work} ${text}`).digest('base64')}`;
    const run = this.find(key) ?? this.begin(session.projectId, key, start);
    run.waiting += 1;
    try {
      return await withinDeadline(run.outcome as Promise<T>, () => {
        run.owed += 1;
      });
    } finally {
      run.waiting -= 1;
      if (run.hasEnded && run.owed === 0) this.runs.delete(run);
    }
  }

  private find(key: string): Run | undefined {
    const same = [...this.runs].filter((run) => run.key === key);
    const owed = same.find((run) => run.owed > 0);
    if (owed) owed.owed -= 1;
    return owed ?? (currentContext()?.isRepeat ? same.at(-1) : undefined);
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
    // In a context of its own: the run must not end with the deadline of whoever asked first.
    const limitMs = this.config.PATCHBAY_WORKBENCH_TIME_LIMIT_SECONDS * 1000 + AROUND_MS;
    const context = newContext({ ...currentContext(), deadline: Date.now() + limitMs });
    const run: Run = {
      projectId,
      key,
      outcome: runInContext(context, start),
      hasEnded: false,
      waiting: 0,
      owed: 0,
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

async function withinDeadline<T>(outcome: Promise<T>, onLate: () => void): Promise<T> {
  const left = (currentContext()?.deadline ?? Date.now()) - Date.now() - RESERVE_MS;
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
