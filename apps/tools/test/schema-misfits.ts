interface Schema {
  type?: string | string[];
  enum?: unknown[];
  anyOf?: Schema[];
  properties?: Record<string, Schema>;
  required?: string[];
  additionalProperties?: unknown;
  items?: Schema;
}

/** Where a value is not what a schema of our importer says, unknown names of an object included. */
export function misfitsOf(value: unknown, schema: Schema, place: string): string[] {
  if (schema.anyOf) {
    const choices = schema.anyOf.map((choice) => misfitsOf(value, choice, place));
    return choices.some((misfits) => misfits.length === 0) ? [] : (choices[0] ?? []);
  }
  const types = schema.type === undefined ? [] : [schema.type].flat();
  if (
    types.length > 0 &&
    !types.includes(typeOf(value)) &&
    !(types.includes('number') && typeOf(value) === 'integer')
  )
    return [`${place} is ${typeOf(value)}, not ${types.join(' or ')}`];
  if (schema.enum && !schema.enum.includes(value))
    return [`${place} is ${String(value)}, which it cannot be`];
  if (Array.isArray(value)) {
    const { items } = schema;
    return items ? value.flatMap((item, index) => misfitsOf(item, items, `${place}[${index}]`)) : [];
  }
  if (typeof value !== 'object' || value === null || !schema.properties) return [];
  const known = schema.properties;
  return [
    ...Object.entries(value).flatMap(([name, inner]) => {
      const own = known[name];
      if (own) return misfitsOf(inner, own, `${place}.${name}`);
      return schema.additionalProperties ? [] : [`unknown field: ${place}.${name}`];
    }),
    ...(schema.required ?? []).filter((name) => !(name in value)).map((name) => `${place} without ${name}`),
  ];
}

function typeOf(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  return Number.isInteger(value) ? 'integer' : typeof value;
}
