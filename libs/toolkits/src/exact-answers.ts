import { ExactNumber, hasParts, holdsExact, type JsonSchema } from '@patchbay/contracts';
import { outputSchemaOf } from './json-schema.js';
import { isSchema, propertiesOf } from './schema-rules/schema-nodes.js';
import type { ToolSpec } from './toolkit.js';

/** What a tool answered, with the digits of its ExactNumbers as texts wherever its schema says that texts stand there. */
export function asDescribed<T>(value: T, tool: ToolSpec): T {
  const schema = holdsExact(value) ? outputSchemaOf(tool) : undefined;
  return schema ? described(value, schema) : value;
}

function described<T>(value: T, schema: JsonSchema | undefined): T {
  if (schema === undefined) return value;
  if (value instanceof ExactNumber) return wantsText(schema) ? (value.toString() as T) : value;
  if (!hasParts(value)) return value;
  const variants = variantsOf(schema);
  const schemaOf = (key: string): JsonSchema | undefined =>
    variants.flatMap((variant) => partOf(variant, key, Array.isArray(value))).at(0);
  if (Array.isArray(value)) {
    const items = schemaOf('');
    return (items ? value.map((item: unknown) => described(item, items)) : value) as T;
  }
  return Object.fromEntries(
    Object.entries(value).map(([key, part]) => [key, described(part as unknown, schemaOf(key))]),
  ) as T;
}

function wantsText(schema: JsonSchema): boolean {
  const types = variantsOf(schema).flatMap(({ type }) => type);
  return types.includes('string') && !types.includes('integer') && !types.includes('number');
}

function partOf(schema: JsonSchema, key: string, isList: boolean): JsonSchema[] {
  if (isList) return isSchema(schema['items']) ? [schema['items']] : [];
  const properties = propertiesOf(schema);
  const part = Object.hasOwn(properties, key) ? properties[key] : schema['additionalProperties'];
  return isSchema(part) ? [part] : [];
}

function variantsOf(schema: JsonSchema): JsonSchema[] {
  const { anyOf } = schema;
  return Array.isArray(anyOf) ? [schema, ...anyOf.filter(isSchema)] : [schema];
}
