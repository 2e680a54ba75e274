import type { ToolDefinition } from '@patchbay/contracts';
import { argumentNamesOf } from '@patchbay/toolkits';
import type { CatalogueEntry } from '../toolkits/index.js';
import { operationOf } from './intent.js';
import type { IndexedTool } from './tool.index.js';

/** The beginning of a description says what a tool does; further down stand limits and warnings. */
const TELLING_CHARACTERS = 240;

/** What the index reads of a tool. */
export function indexed({ definition, spec }: Pick<CatalogueEntry, 'definition' | 'spec'>): IndexedTool {
  const { slug, name, description, toolkit, tags } = definition;
  const prefix = `${toolkit.slug.replaceAll('_', '').toUpperCase()}_`;
  return {
    name,
    slug: (slug.startsWith(prefix) ? slug.slice(prefix.length) : slug).replaceAll('_', ' '),
    description: beginningOf(description),
    inputs: argumentNamesOf(spec).join(' '),
    toolkit: toolkit.slug,
    toolkitName: toolkit.name,
    important: tags.includes('important'),
    operation: operationOf(tags),
  };
}

/** What the model reads of a tool: not whose it is, as the query that it is put beside does not say that either. */
export function sentenceOf({ name, description }: ToolDefinition): string {
  const beginning = beginningOf(description);
  return beginning.startsWith(name) ? beginning : `${name}. ${beginning}`.trim();
}

function beginningOf(description: string): string {
  if (description.length <= TELLING_CHARACTERS) return description;
  return description.slice(0, TELLING_CHARACTERS).replace(/\s\S*$/, '');
}
