/** How deep and how many fields an example goes. */
const DEEPEST = 4;
const FIELDS = 12;

interface Schema {
  type?: string | string[];
  properties?: Record<string, Schema>;
  required?: string[];
  items?: Schema;
  enum?: unknown[];
  const?: unknown;
  default?: unknown;
  example?: unknown;
  examples?: unknown[];
  anyOf?: Schema[];
  oneOf?: Schema[];
  allOf?: Schema[];
  minimum?: number;
  format?: string;
}

/** What a call could be given by a JSON Schema: its required fields, with their examples where it has some. */
export function sampleOf(schema: object, depth = 0): unknown {
  const { type, properties, required = [], items, ...rest } = schema as Schema;
  for (const value of [rest.const, rest.default, rest.example, rest.examples?.[0], rest.enum?.[0]]) {
    if (value !== undefined) return value;
  }
  const choice = (rest.anyOf ?? rest.oneOf ?? rest.allOf)?.[0];
  if (choice && depth < DEEPEST) return sampleOf(choice, depth + 1);
  switch (Array.isArray(type) ? type[0] : (type ?? (properties ? 'object' : undefined))) {
    case 'object':
      if (depth >= DEEPEST) return {};
      return Object.fromEntries(
        required
          .filter((name) => properties?.[name])
          .slice(0, FIELDS)
          .map((name) => [name, sampleOf(properties?.[name] ?? {}, depth + 1)]),
      );
    case 'array':
      return items && depth < DEEPEST ? [sampleOf(items, depth + 1)] : [];
    case 'integer':
    case 'number':
      return rest.minimum ?? 1;
    case 'boolean':
      return true;
    case 'null':
      return null;
    default:
      return rest.format === 'date-time' ? '2026-01-01T00:00:00Z' : 'text';
  }
}
