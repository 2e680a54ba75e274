import type { ToolDefinition } from '@patchbay/contracts';
import type { IndexedTool } from './tool.index.js';

/** The beginning of a description says what a tool does; further down stand limits and warnings. */
const TELLING_CHARACTERS = 240;

/** What the index reads of a tool. */
export function indexed({
  slug,
  name,
  description,
  toolkit,
  inputSchema,
  tags,
}: ToolDefinition): IndexedTool {
  const prefix = `${toolkit.slug.replaceAll('_', '').toUpperCase()}_`;
  return {
    name,
    slug: (slug.startsWith(prefix) ? slug.slice(prefix.length) : slug).replaceAll('_', ' '),
    description: beginningOf(description),
    inputs: Object.keys((inputSchema['properties'] as object | undefined) ?? {}).join(' '),
    toolkit: toolkit.slug,
    important: tags.includes('important'),
  };
}

/** What the model reads of a tool. */
export function sentenceOf({ name, description, toolkit }: ToolDefinition): string {
  return `${toolkit.name}: ${name}. ${beginningOf(description)}`.trim();
}

function beginningOf(description: string): string {
  if (description.length <= TELLING_CHARACTERS) return description;
  return description.slice(0, TELLING_CHARACTERS).replace(/\s\S*$/, '');
}
