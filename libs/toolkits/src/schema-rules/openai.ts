import type { JsonSchema } from '@patchbay/contracts';
import {
  isSchema,
  nodesOf,
  OUR_KEYWORDS,
  propertiesOf,
  unknownKeywords,
  wordOf,
  type ProviderRules,
} from './schema-nodes.js';

/** Published limits of Structured Outputs, as of 2026. */
const MAX_PROPERTIES = 5_000;
const MAX_NESTING = 10;
const MAX_STRING_LENGTH = 120_000;
const MAX_ENUM_VALUES = 1_000;
const LARGE_ENUM = 250;
const MAX_LARGE_ENUM_LENGTH = 15_000;

const KEYWORDS = [
  'type',
  'description',
  'properties',
  'required',
  'additionalProperties',
  'items',
  'enum',
  'anyOf',
  'format',
  'pattern',
  'minimum',
  'maximum',
  'minItems',
  'maxItems',
];
const FORMATS = ['date-time', 'time', 'date', 'duration', 'email', 'hostname', 'ipv4', 'ipv6', 'uuid'];

/** Function tools of OpenAI, in strict mode. */
export const openai: ProviderRules = {
  breaches(slug, schema) {
    const found: string[] = [];
    if (!/^[a-zA-Z0-9_-]{1,64}$/.test(slug))
      found.push(`the name ${slug} must be 1 to 64 letters, digits, _ or -`);
    if (schema['type'] !== 'object' || !isSchema(schema['properties']))
      found.push('the root must be an object with properties');
    if (schema['anyOf'] !== undefined) found.push('the root must not be a choice');
    const strict = strictForm(schema);
    let properties = 0;
    let length = 0;
    let values = 0;
    for (const { schema: node, place, objects } of nodesOf(strict)) {
      const at = place || 'the root';
      for (const key of unknownKeywords(node, KEYWORDS)) found.push(`${at}: ${key} is not taken`);
      if (node['type'] === undefined && node['anyOf'] === undefined) found.push(`${at}: has no type`);
      if (node['type'] === 'array' && !isSchema(node['items']))
        found.push(`${at}: a list says what is in it`);
      if (node['format'] !== undefined && !FORMATS.includes(wordOf(node['format'])))
        found.push(`${at}: format ${wordOf(node['format'])} is not taken`);
      if (objects > MAX_NESTING) found.push(`${at}: is nested deeper than ${MAX_NESTING} objects`);
      const names = Object.keys(propertiesOf(node));
      properties += names.length;
      const texts = Array.isArray(node['enum']) ? node['enum'].map(String) : [];
      values += texts.length;
      const enumLength = texts.join('').length;
      length += names.join('').length + enumLength;
      if (texts.length > LARGE_ENUM && enumLength > MAX_LARGE_ENUM_LENGTH)
        found.push(`${at}: its values are longer than ${MAX_LARGE_ENUM_LENGTH} characters`);
    }
    if (properties > MAX_PROPERTIES) found.push(`has more than ${MAX_PROPERTIES} properties`);
    if (length > MAX_STRING_LENGTH)
      found.push(`its names and values are longer than ${MAX_STRING_LENGTH} characters`);
    if (values > MAX_ENUM_VALUES) found.push(`has more than ${MAX_ENUM_VALUES} values to choose from`);
    return found;
  },
};

/** Said of a schema for people and clients; strict mode takes none of it. */
const ANNOTATIONS = ['default', 'title', 'examples', ...OUR_KEYWORDS];

/**
 * A tool's schema as strict mode wants it: every property asked for, with null for what may be left out,
 * and nothing beside them. An open object becomes an empty one: strict mode has no other.
 */
export function strictForm(schema: JsonSchema): JsonSchema {
  const form: JsonSchema = Object.fromEntries(
    Object.entries(schema).filter(([key]) => !ANNOTATIONS.includes(key)),
  );
  if (isSchema(form['items'])) form['items'] = strictForm(form['items']);
  if (Array.isArray(form['anyOf']))
    form['anyOf'] = form['anyOf'].map((variant) => (isSchema(variant) ? strictForm(variant) : variant));
  if (form['type'] === 'object') {
    const required: unknown = form['required'];
    const needed = new Set(Array.isArray(required) ? required : []);
    const properties = Object.entries(propertiesOf(form));
    form['properties'] = Object.fromEntries(
      properties.map(([name, property]) => [
        name,
        needed.has(name) ? strictForm(property) : orNull(strictForm(property)),
      ]),
    );
    form['required'] = properties.map(([name]) => name);
    form['additionalProperties'] = false;
  }
  return form;
}

function orNull(schema: JsonSchema): JsonSchema {
  const { description, ...rest } = schema;
  const variants = Array.isArray(rest['anyOf']) ? rest['anyOf'] : [rest];
  const nullable = variants.some((variant) => isSchema(variant) && variant['type'] === 'null');
  return {
    ...(description !== undefined && { description }),
    anyOf: nullable ? variants : [...variants, { type: 'null' }],
  };
}
