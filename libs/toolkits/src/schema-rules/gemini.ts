import { isListOf } from './anthropic.js';
import {
  isSchema,
  nodesOf,
  propertiesOf,
  unknownKeywords,
  wordOf,
  type ProviderRules,
} from './schema-nodes.js';

const NAME = /^[a-zA-Z_][a-zA-Z0-9_.-]{0,63}$/;
const TYPES = ['string', 'number', 'integer', 'boolean', 'array', 'object', 'null'];
/** The fields of its Schema message. */
const KEYWORDS = [
  'type',
  'format',
  'title',
  'description',
  'nullable',
  'enum',
  'items',
  'minItems',
  'maxItems',
  'properties',
  'required',
  'minProperties',
  'maxProperties',
  'minimum',
  'maximum',
  'minLength',
  'maxLength',
  'pattern',
  'default',
  'anyOf',
  'additionalProperties',
];
const FORMATS: Record<string, readonly string[]> = {
  string: ['date-time', 'enum'],
  number: ['float', 'double'],
  integer: ['int32', 'int64'],
};

/** Function declarations of Gemini, whose schemas are a part of OpenAPI's. */
export const gemini: ProviderRules = {
  breaches(slug, schema) {
    const found: string[] = [];
    if (!NAME.test(slug))
      found.push(`the name ${slug} must begin with a letter and have 64 characters at most`);
    if (schema['type'] !== 'object') found.push('the root must be an object');
    for (const { schema: node, place } of nodesOf(schema)) {
      const at = place || 'the root';
      for (const key of unknownKeywords(node, KEYWORDS)) found.push(`${at}: ${key} is not taken`);
      const { type, enum: values, format, required } = node;
      const known = typeof type === 'string' && TYPES.includes(type);
      if (!known && !(type === undefined && Array.isArray(node['anyOf']) && node['anyOf'].length > 0))
        found.push(`${at}: must have one type, or a choice`);
      if (values !== undefined && (type !== 'string' || !isListOfTexts(values)))
        found.push(`${at}: only texts may be listed as values`);
      if (format !== undefined && !FORMATS[wordOf(type)]?.includes(wordOf(format)))
        found.push(`${at}: format ${wordOf(format)} is not taken`);
      if (type === 'array' && !isSchema(node['items'])) found.push(`${at}: a list says what is in it`);
      const names = Object.keys(propertiesOf(node));
      if (required !== undefined && !isListOf(required, names))
        found.push(`${at}: required names what is no property`);
      if (type === 'object' && place !== '' && names.length === 0 && node['additionalProperties'] !== true)
        found.push(`${at}: an object names its properties, or is open`);
    }
    return found;
  },
};

function isListOfTexts(values: unknown): boolean {
  return (
    Array.isArray(values) &&
    values.length > 0 &&
    values.every((value) => typeof value === 'string' && value !== '')
  );
}
