/**
 * Installs what the lock file says, unless it is there.
 * @param terminal shows the step
 * @param options.folder of the clone
 * @param options.dev whether to work on the code, and not only to run it
 * @throws Refusal when npm fails
 */
export function install(
  terminal: { step(title: string, work: () => Promise<void>): Promise<void> },
  options: { folder: string; dev: boolean },
): Promise<void>;

/** What of the lock file is not installed, in words, or undefined. */
export function installDifference(folder: string, dev: boolean): string | undefined;
