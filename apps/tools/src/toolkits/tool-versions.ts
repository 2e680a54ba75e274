import { ZERO_VERSION, type ToolVersions } from '@patchbay/contracts';

/** Which versions of toolkits are meant, as a moment or by their names. */
export interface VersionChoice {
  /** The moment whose versions of the project's own toolkits are meant; without it the newest ones. */
  at?: string | undefined;
  versions?: ToolVersions | undefined;
}

/** The version of a toolkit that is asked for by its name; undefined when none is. */
export function versionFor(versions: ToolVersions | undefined, toolkit: string): string | undefined {
  const named = typeof versions === 'string' ? versions : versions?.[toolkit];
  return named === 'latest' || named === ZERO_VERSION ? undefined : named;
}
