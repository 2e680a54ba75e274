import type { InstalledToolkit } from '@patchbay/toolkits';
import type { ImportedTool, ToolkitDefinition } from '../imports/index.js';

type Version = Pick<InstalledToolkit, 'slug' | 'version' | 'availableVersions'>;

/** A toolkit of a project's own in the form of those that ship. */
export function toInstalled(
  projectId: string,
  { slug, version, availableVersions }: Version,
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

const VERSION_DAY = /^(\d{4})(\d{2})(\d{2})_/;

/**
 * A vendor's MCP server as a project has read it: its words are those that ship, its sign-in and its tools the project's.
 * @param shipped absent when it ships no more, or as something else
 */
export function asVendors(
  installed: InstalledToolkit,
  shipped: InstalledToolkit | undefined,
): InstalledToolkit {
  const { tools, version } = installed;
  const { server, quality } = shipped ?? {};
  const [, year, month, day] = (tools.length > 0 && VERSION_DAY.exec(version)) || [];
  // Whoever has its tools has tried it.
  const triedOn = quality?.triedOn ?? (year ? `${year}-${month}-${day}` : null);
  const graded = { quality: { grade: 'vendor_mcp', triedOn, source: quality?.source ?? null } } as const;
  if (!shipped || !server) return { ...installed, ...graded, isVendors: true };
  const { name, description, logo, categories, managedApp } = shipped;
  const important = new Set(server.important);
  const marked = tools.map((tool) => {
    const { tags, upstreamName } = tool as ImportedTool & { upstreamName?: string };
    return upstreamName && important.has(upstreamName) ? { ...tool, tags: [...tags, 'important'] } : tool;
  });
  return {
    ...installed,
    name,
    description,
    logo,
    categories,
    tools: marked,
    ...(managedApp && { managedApp }),
    ...graded,
    isVendors: true,
  };
}
