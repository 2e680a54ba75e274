import type {
  SavedConfig,
  SavedConfigSummary,
  SessionScope,
  TagFilter,
  ToolFilter,
} from '@patchbay/contracts';

/** As docs/api/sessions.md#saved-configs has it in a list. */
export function presentSavedConfigSummary({ id, name, archived, createdAt, updatedAt }: SavedConfigSummary) {
  return { id, name, archived, created_at: createdAt, updated_at: updatedAt };
}

export function presentSavedConfig(saved: SavedConfig) {
  return {
    ...presentSavedConfigSummary(saved),
    description: saved.description,
    config: presentScope(saved.scope),
  };
}

/** In the words of a request: what was saved can be sent again. */
function presentScope({ toolkits, tools, tags }: SessionScope) {
  const filters = Object.entries(tools).map(([toolkit, filter]) => [toolkit, presentFilter(filter)] as const);
  return {
    ...(toolkits && { toolkits: presentEnabled(toolkits) }),
    ...(filters.length > 0 && { tools: Object.fromEntries(filters) }),
    ...((tags.enabled ?? tags.disabled) && { tags: presentTags(tags) }),
  };
}

function presentFilter(filter: ToolFilter) {
  return 'tags' in filter ? { tags: presentTags(filter.tags) } : presentEnabled(filter);
}

function presentEnabled(filter: { enabled: string[] } | { disabled: string[] }) {
  return 'enabled' in filter ? { enable: filter.enabled } : { disable: filter.disabled };
}

function presentTags({ enabled, disabled }: TagFilter) {
  return { ...(enabled && { enable: enabled }), ...(disabled && { disable: disabled }) };
}
