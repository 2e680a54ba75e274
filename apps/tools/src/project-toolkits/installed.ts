import type { InstalledToolkit } from '@patchbay/toolkits';
import type { ToolkitDefinition } from './definition.js';

/** A toolkit of a project's own in the form of those that ship. */
export function toInstalled(
  projectId: string,
  slug: string,
  version: string,
  { auth, ...definition }: ToolkitDefinition,
): InstalledToolkit {
  return {
    slug,
    version,
    categories: ['custom'],
    ...definition,
    ...(auth.length > 0 && { auth }),
    addedBy: projectId,
  };
}
