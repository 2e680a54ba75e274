import type { CatalogueEntry } from '../toolkits/index.js';

/** Looks for tools of one toolkit by words. */
export type LookUp = (text: string, toolkit: string) => CatalogueEntry[];

const READS = 'readOnlyHint';
const NEEDS_A_TOOL = 2;
const CANDIDATES = 5;
/** Arguments that point at something of the provider's: `channel_id`, `issueIdOrKey`, `spreadsheetId`. */
const POINTS_AT = /^(.+?)_?(?:id|ids|key|keys|number|idorkey)$/i;

/**
 * The tools that find what the likeliest ones want to be told: an agent that is to send a message to a channel
 * needs the list of channels first.
 */
export function relatedTo(primary: readonly CatalogueEntry[], lookUp: LookUp): CatalogueEntry[] {
  const [first] = primary;
  if (!first) return [];
  const { inputSchema, toolkit } = first.definition;
  return requiredOf(inputSchema)
    .map((name) => POINTS_AT.exec(name)?.[1]?.replaceAll('_', ' '))
    .filter((noun) => noun !== undefined)
    .slice(0, NEEDS_A_TOOL)
    .flatMap((noun) =>
      lookUp(`list ${noun}`, toolkit.slug)
        .slice(0, CANDIDATES)
        .filter(
          ({ definition }) =>
            definition.tags.includes(READS) &&
            !requiredOf(definition.inputSchema).some((name) => refersTo(name, noun)),
        )
        .slice(0, 1),
    );
}

function refersTo(argument: string, noun: string): boolean {
  return POINTS_AT.exec(argument)?.[1]?.replaceAll('_', ' ') === noun;
}

function requiredOf(schema: Record<string, unknown>): string[] {
  const { required } = schema;
  return Array.isArray(required) ? required.filter((name) => typeof name === 'string') : [];
}
