/** What the program ends with; `docs/cli.md` has them for scripts. */
export const ExitCode = {
  done: 0,
  /** The platform refused the request or failed, or anything else went wrong. */
  failed: 1,
  /** The command line is wrong: nothing was asked of the platform. */
  usage: 2,
  /** No key, one that is not taken, or one that may not do this. */
  notAllowed: 3,
  notFound: 4,
  /** The platform did not answer, or not in time. */
  unreachable: 5,
  /** The platform did as it was asked, and the tool failed. */
  toolFailed: 6,
  /** `doctor` found something wrong. */
  unhealthy: 7,
  /** As shells have it for a program that was ended by Ctrl-C. */
  interrupted: 130,
} as const;

export type ExitCode = (typeof ExitCode)[keyof typeof ExitCode];
