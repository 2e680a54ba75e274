import type { InstalledToolkit } from '@patchbay/toolkits';
import type { ToolkitDefinition } from '../imports/index.js';

/** A toolkit of a project's own in the form of those that ship. */
export function toInstalled(
  projectId: string,
  { slug, version, availableVersions }: Pick<InstalledToolkit, 'slug' | 'version' | 'availableVersions'>,
  { auth, ...definition }: ToolkitDefinition,
): InstalledToolkit {
  return {
    slug,
    version,
    ...(availableVersions && { availableVersions }),
    categories: ['custom'],
    ...definition,
    ...(auth.length > 0 && { auth }),
    addedBy: projectId,
  };
}
