import { AppError } from '@patchbay/contracts';

/** A session's sandbox, as far as it decides over places. */
export interface Placed {
  session: { projectId: string };
  isIdle: boolean;
  leaving: unknown;
  lastUsed: number;
}

const RETRY_SECONDS = 5;

/** The places that a replica has, and how many of them one project may have: others find the rest free. */
export class Places {
  readonly perProject: number;

  /** @param share of one project, above 0 and up to 1 */
  constructor(
    private readonly most: number,
    share: number,
  ) {
    this.perProject = shareOf(most, share);
  }

  /**
   * @param starting the projects of those that are being started
   * @returns which one has to be put away before another one of the project starts; undefined when there is a place
   * @throws AppError `rate_limited` when the project has its share and uses all of it, `unavailable` when all are in use
   */
  makeRoom<P extends Placed>(
    projectId: string,
    live: readonly P[],
    starting: readonly string[],
  ): P | undefined {
    const own = live.filter(({ session }) => session.projectId === projectId);
    if (own.length + starting.filter((id) => id === projectId).length >= this.perProject) {
      const oldest = longestIdle(own);
      if (oldest) return oldest;
      throw new AppError(
        'rate_limited',
        `All ${this.perProject} sandboxes that one project may have here at once are busy.`,
        {
          retryAfter: RETRY_SECONDS,
          suggestion:
            'Try again in a moment, or let the operator raise PATCHBAY_WORKBENCH_MAX_SANDBOXES or PATCHBAY_WORKBENCH_PROJECT_SHARE.',
        },
      );
    }
    if (live.length + starting.length < this.most) return undefined;
    // Whoever has the most gives one: a project that keeps many idle takes no place from one with a few.
    const projects = [...new Set(live.map(({ session }) => session.projectId))];
    const idle = projects
      .map((id) => live.filter(({ session }) => session.projectId === id))
      .toSorted((a, b) => b.length - a.length)
      .map((workspaces) => longestIdle(workspaces))
      .find((workspace) => workspace !== undefined);
    if (idle) return idle;
    throw new AppError('unavailable', `All ${this.most} sandboxes of this workbench are busy.`, {
      suggestion: 'Try again in a moment, or let the operator raise PATCHBAY_WORKBENCH_MAX_SANDBOXES.',
    });
  }

  /** Sandboxes started ahead of time are for whoever has few, once there is more than one project. */
  mayTakeWarm(projectId: string, live: readonly Placed[]): boolean {
    const own = live.filter(({ session }) => session.projectId === projectId).length;
    return own === live.length || own < Math.ceil(this.perProject / 2);
  }
}

/** At least one, so that everybody can go on. */
export function shareOf(most: number, share: number): number {
  return Math.max(1, Math.ceil(most * share));
}

function longestIdle<P extends Placed>(workspaces: readonly P[]): P | undefined {
  return workspaces
    .filter(({ isIdle, leaving }) => isIdle && !leaving)
    .toSorted((a, b) => a.lastUsed - b.lastUsed)
    .at(0);
}
