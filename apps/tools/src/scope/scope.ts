import type { SessionScope, TagFilter, ToolFilter } from '@patchbay/contracts';

/** What the rules look at. */
export interface ScopedTool {
  slug: string;
  toolkit: { slug: string };
  tags: readonly string[];
  /** Slugs that it had before: a session that names one of them means the tool. */
  aliases?: readonly string[] | undefined;
}

/** Why a tool is outside of a session: its toolkit is, or the tool itself. */
export type OutOfScope = 'toolkit' | 'tool';

/**
 * The rules of a session's scope (docs/api/sessions.md#scope), in the one place that every door leads
 * through: toolkits first; then, for the tool's toolkit, its own list or its own tags; else the
 * session's tags.
 */
export function outOfScope(scope: SessionScope, tool: ScopedTool): OutOfScope | undefined {
  if (!isToolkitInScope(scope, tool.toolkit.slug)) return 'toolkit';
  const filter = scope.tools[tool.toolkit.slug];
  const allowed = filter ? passesFilter(filter, tool) : passesTags(scope.tags, tool.tags);
  return allowed ? undefined : 'tool';
}

export function isToolkitInScope(scope: SessionScope, toolkit: string): boolean {
  if (!scope.toolkits) return true;
  return 'enabled' in scope.toolkits
    ? scope.toolkits.enabled.includes(toolkit)
    : !scope.toolkits.disabled.includes(toolkit);
}

function passesFilter(filter: ToolFilter, tool: ScopedTool): boolean {
  if ('enabled' in filter) return isListed(tool, filter.enabled);
  if ('disabled' in filter) return !isListed(tool, filter.disabled);
  return passesTags(filter.tags, tool.tags);
}

function isListed({ slug, aliases = [] }: ScopedTool, slugs: readonly string[]): boolean {
  return slugs.includes(slug) || aliases.some((alias) => slugs.includes(alias));
}

export function passesTags({ enabled, disabled }: TagFilter, tags: readonly string[]): boolean {
  if (enabled && !enabled.some((tag) => tags.includes(tag))) return false;
  return !disabled?.some((tag) => tags.includes(tag));
}
