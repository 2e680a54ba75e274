import type { JsonSchema } from '@patchbay/contracts';

/** One schema inside of a tool's, and where it stands. */
export interface SchemaNode {
  schema: JsonSchema;
  /** Such as `labels.items`; empty at the root. */
  place: string;
  /** Objects around it, itself counted in. */
  objects: number;
}

/** What a provider of models asks of the tools that it is given. */
export interface ProviderRules {
  /** What is wrong with a tool, in sentences that begin with the place. */
  breaches(slug: string, schema: JsonSchema): string[];
}

export function isSchema(value: unknown): value is JsonSchema {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function propertiesOf(schema: JsonSchema): Record<string, JsonSchema> {
  return isSchema(schema['properties']) ? (schema['properties'] as Record<string, JsonSchema>) : {};
}

/** A schema and all that stand in it, in the places that the subset knows. */
export function* nodesOf(schema: JsonSchema, place = '', objects = 0): Generator<SchemaNode> {
  const depth = objects + (schema['type'] === 'object' ? 1 : 0);
  yield { schema, place, objects: depth };
  const inside = place ? `${place}.` : '';
  for (const [name, property] of Object.entries(propertiesOf(schema)))
    yield* nodesOf(property, inside + name, depth);
  if (isSchema(schema['items'])) yield* nodesOf(schema['items'], `${inside}items`, depth);
  if (isSchema(schema['additionalProperties']))
    yield* nodesOf(schema['additionalProperties'], `${inside}*`, depth);
  const variants = Array.isArray(schema['anyOf']) ? schema['anyOf'].filter(isSchema) : [];
  for (const [index, variant] of variants.entries())
    yield* nodesOf(variant, `${inside}anyOf.${index}`, depth);
}

/** What the contract adds to a schema, for its clients: files in and out. */
export const OUR_KEYWORDS = ['file_uploadable', 'file_downloadable'];

export function unknownKeywords(schema: JsonSchema, known: readonly string[]): string[] {
  return Object.keys(schema).filter((key) => !known.includes(key) && !OUR_KEYWORDS.includes(key));
}

/** The value of a keyword that should be a word, as it stands there. */
export function wordOf(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
