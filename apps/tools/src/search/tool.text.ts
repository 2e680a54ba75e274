import type { ToolDefinition } from '@patchbay/contracts';
import { rawWordsOf } from '@patchbay/search';
import { argumentTextsOf } from '@patchbay/toolkits';
import type { CatalogueEntry } from '../toolkits/index.js';
import { intentOf, operationOf } from './intent.js';
import type { IndexedTool } from './tool.index.js';

/** The beginning of a description says what a tool does; further down stand limits and warnings. */
const TELLING_CHARACTERS = 240;

/** What the index reads of a tool; by the name that a project gave it, when there is one. */
export function indexed(
  { definition, spec, toolkit: { addedBy } }: CatalogueEntry,
  alias?: string,
): IndexedTool {
  const { name, description, toolkit, tags } = definition;
  const isOwn = addedBy !== undefined;
  const names = spec.kind === 'http' && !isOwn ? spec.argumentNames : undefined;
  const inputs = names ? [] : argumentTextsOf(spec);
  return {
    name: alias ?? name,
    description: beginningOf(description),
    inputs: (names ?? inputs.map(([argument]) => argument)).join(' '),
    // Those that ship are found as well without, and would fill the memory with the words of thousands.
    details: isOwn ? inputs.map(([, said]) => said.slice(0, TELLING_CHARACTERS)).join(' ') : '',
    toolkit: toolkit.slug,
    toolkitName: toolkit.name,
    important: isOwn || tags.includes('important'),
    operation: operationOf(tags) ?? intentOf(rawWordsOf(name)),
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
