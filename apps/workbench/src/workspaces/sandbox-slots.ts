import { AppError } from '@patchbay/contracts';

/** What of a session's sandbox matters for slots. */
export interface SlotHolder {
  session: { projectId: string };
  isIdle: boolean;
  suspending: unknown;
  lastUsed: number;
}

const RETRY_SECONDS = 5;

/** What takes the slots, as errors say it, and which settings there are for it. */
export interface SlotWords {
  things: string;
  setting: string;
}

const SANDBOXES: SlotWords = { things: 'sandboxes', setting: 'PATCHBAY_WORKBENCH_MAX_SANDBOXES' };

/** The sandboxes, or what else takes one, that a replica may run at once, and how many of them one project may have: the rest is for others. */
export class SandboxSlots {
  readonly perProject: number;

  /** @param share of one project, above 0 and up to 1 */
  constructor(
    private readonly total: number,
    share: number,
    private readonly words: SlotWords = SANDBOXES,
  ) {
    this.perProject = shareOf(total, share);
  }

  /**
   * @param starting the projects of the sandboxes that are being started
   * @returns which one has to be suspended before the project may start another; undefined when there is a free slot
   * @throws AppError `rate_limited` when the project has its share and uses all of it, `unavailable` when all are in use
   */
  pickVictim<P extends SlotHolder>(
    projectId: string,
    live: readonly P[],
    starting: readonly string[],
  ): P | undefined {
    const { things, setting } = this.words;
    const own = live.filter(({ session }) => session.projectId === projectId);
    if (own.length + starting.filter((id) => id === projectId).length >= this.perProject) {
      const oldest = longestIdle(own);
      if (oldest) return oldest;
      throw new AppError(
        'rate_limited',
        `All ${this.perProject} ${things} that one project may have here at once are busy.`,
        {
          retryAfter: RETRY_SECONDS,
          suggestion: `Try again in a moment, or let the operator raise ${setting} or PATCHBAY_WORKBENCH_PROJECT_SHARE.`,
        },
      );
    }
    if (live.length + starting.length < this.total) return undefined;
    // The project that has the most gives one up: one that keeps many idle takes no slot from one with a few.
    const projects = [...new Set(live.map(({ session }) => session.projectId))];
    const idle = projects
      .map((id) => live.filter(({ session }) => session.projectId === id))
      .toSorted((a, b) => b.length - a.length)
      .map((workspaces) => longestIdle(workspaces))
      .find((workspace) => workspace !== undefined);
    if (idle) return idle;
    throw new AppError('unavailable', `All ${this.total} ${things} of this workbench are busy.`, {
      suggestion: `Try again in a moment, or let the operator raise ${setting}.`,
    });
  }

  /** Sandboxes started ahead of time are for projects that have few, once there is more than one project. */
  mayTakeWarm(projectId: string, live: readonly SlotHolder[]): boolean {
    const own = live.filter(({ session }) => session.projectId === projectId).length;
    return own === live.length || own < Math.ceil(this.perProject / 2);
  }
}

/** At least one, so that every project can go on. */
export function shareOf(total: number, share: number): number {
  return Math.max(1, Math.ceil(total * share));
}

function longestIdle<P extends SlotHolder>(workspaces: readonly P[]): P | undefined {
  return workspaces
    .filter(({ isIdle, suspending }) => isIdle && !suspending)
    .toSorted((a, b) => a.lastUsed - b.lastUsed)
    .at(0);
}
