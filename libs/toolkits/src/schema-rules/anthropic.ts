import { isSchema, nodesOf, propertiesOf, wordOf, type ProviderRules } from './schema-nodes.js';

const NAME = /^[a-zA-Z0-9_-]{1,64}$/;
const PROPERTY_NAME = /^[a-zA-Z0-9_.-]{1,64}$/;
const REFERENCES = ['$ref', '$defs', 'definitions', '$dynamicRef'];
const TYPES = ['string', 'number', 'integer', 'boolean', 'array', 'object', 'null'];

/** Tools of Anthropic's Messages API: JSON Schema, draft 2020-12, with an object as its root and no references. */
export const anthropic: ProviderRules = {
  breaches(slug, schema) {
    const found: string[] = [];
    if (!NAME.test(slug)) found.push(`the name ${slug} must be 1 to 64 letters, digits, _ or -`);
    if (schema['type'] !== 'object') found.push('the root must be an object');
    for (const key of ['anyOf', 'oneOf', 'allOf'])
      if (schema[key] !== undefined) found.push(`the root must not have ${key}`);
    for (const { schema: node, place } of nodesOf(schema)) {
      const at = place || 'the root';
      for (const key of REFERENCES) if (node[key] !== undefined) found.push(`${at}: ${key} is not taken`);
      const { type, enum: values, required } = node;
      if (type !== undefined && !TYPES.includes(wordOf(type)))
        found.push(`${at}: ${wordOf(type)} is no type`);
      if (values !== undefined && (!Array.isArray(values) || values.length === 0))
        found.push(`${at}: enum must list values`);
      if (Array.isArray(values) && new Set(values).size < values.length)
        found.push(`${at}: enum repeats a value`);
      const names = Object.keys(propertiesOf(node));
      for (const name of names)
        if (!PROPERTY_NAME.test(name)) found.push(`${at}: ${name} is no name for a property`);
      if (required !== undefined && !isListOf(required, names))
        found.push(`${at}: required names what is no property`);
      if (node['items'] !== undefined && !isSchema(node['items']))
        found.push(`${at}: items must be a schema`);
    }
    return found;
  },
};

export function isListOf(value: unknown, names: readonly string[]): boolean {
  return Array.isArray(value) && value.every((name) => typeof name === 'string' && names.includes(name));
}
