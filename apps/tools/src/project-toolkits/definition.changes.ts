import type { ToolkitChange } from '@patchbay/contracts';
import type { ImportedTool, ToolkitDefinition } from '../imports/index.js';
import { heldBack, settingsOf } from './definition.js';

/** Every difference between what is approved and what the source says now, both sides as people compare them. */
export function changesBetween(approved: ToolkitDefinition, latest: ToolkitDefinition): ToolkitChange[] {
  const found = heldBack(approved, latest);
  if (!found) return [];
  const sideOf = (definition: ToolkitDefinition, slug: string) => {
    const tool = definition.tools.find((one) => one.slug === slug);
    return tool ? comparedTool(tool) : null;
  };
  const changesOf = (change: ToolkitChange['change'], slugs: string[]): ToolkitChange[] =>
    slugs.map((toolSlug) => ({
      subject: 'tool',
      toolSlug,
      change,
      approved: sideOf(approved, toolSlug),
      latest: sideOf(latest, toolSlug),
    }));
  const settings: ToolkitChange = {
    subject: 'settings',
    toolSlug: null,
    change: 'changed',
    approved: settingsOf(approved),
    latest: settingsOf(latest),
  };
  return [
    ...(found.settings ? [settings] : []),
    ...changesOf('changed', found.changed),
    ...changesOf('added', found.added),
    ...changesOf('removed', found.removed),
  ];
}

/** What a model is shown of the tool first, then what is sent for it. */
function comparedTool(tool: ImportedTool): Record<string, unknown> {
  const { slug: _, kind, name, description, tags, scopes, input, output, ...request } = tool;
  return { name, description, tags, scopes, input, output, request: { kind, ...request } };
}
