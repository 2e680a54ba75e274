import { createHash } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { AppError } from '@patchbay/contracts';
import { currentContext, newContext, runInContext } from '@patchbay/service';
import type { WorkbenchConfig } from '../config.js';
import { CONFIG } from '../tokens.js';

/** The answer must reach its caller before that one gives up. */
const RESERVE_MS = 2_500;
/** Starting, bringing back and taking files over come on top of the run itself. */
const AROUND_MS = 150_000;
/** A result that nobody waited for is kept this long for whoever asks again. */
const KEEP_MS = 120_000;
const MAX_KEPT = 500;

interface Run<T> {
  outcome: Promise<T>;
  waiting: number;
}

/**
 * Runs that may take longer than their callers wait. Whoever asks again for the same, as the official clients do by
 * themselves after a minute, joins the one that is under way, or gets the result that nobody was there to take.
 */
@Injectable()
export class RunsService {
  private readonly runs = new Map<string, Run<unknown>>();

  constructor(@Inject(CONFIG) private readonly config: WorkbenchConfig) {}

  async join<T>(sessionId: string, work: string, text: string, start: () => Promise<T>): Promise<T> {
    const key = `${sessionId} ${createHash('sha256').update(`${work} ${text}`).digest('base64')}`;
    let run = this.runs.get(key) as Run<T> | undefined;
    if (!run) {
      if (this.runs.size >= MAX_KEPT) throw new AppError('unavailable', 'The workbench is too busy.');
      // In a context of its own: the run must not end with the deadline of whoever asked first.
      const limitMs = this.config.PATCHBAY_WORKBENCH_TIME_LIMIT_SECONDS * 1000 + AROUND_MS;
      const context = newContext({ ...currentContext(), deadline: Date.now() + limitMs });
      run = { outcome: runInContext(context, start), waiting: 0 };
      this.runs.set(key, run);
      this.forgetLater(key, run);
    }
    run.waiting += 1;
    try {
      return await withinDeadline(run.outcome);
    } finally {
      run.waiting -= 1;
    }
  }

  private forgetLater(key: string, run: Run<unknown>): void {
    const forget = () => {
      if (this.runs.get(key) === run) this.runs.delete(key);
    };
    const onEnd = () => {
      if (run.waiting > 0) forget();
      else setTimeout(forget, KEEP_MS).unref();
    };
    run.outcome.then(onEnd, onEnd);
  }
}

async function withinDeadline<T>(outcome: Promise<T>): Promise<T> {
  const left = (currentContext()?.deadline ?? Date.now()) - Date.now() - RESERVE_MS;
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () =>
        reject(
          new AppError('unavailable', 'The run is not finished yet, and goes on.', {
            suggestion: 'Call again with exactly the same arguments to wait for its result.',
            retryable: true,
          }),
        ),
      Math.max(0, left),
    );
  });
  try {
    return await Promise.race([outcome, late]);
  } finally {
    clearTimeout(timer);
  }
}
