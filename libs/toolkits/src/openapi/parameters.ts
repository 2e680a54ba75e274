import { headerRefusal, type JsonSchema } from '@patchbay/contracts';
import type { ArgumentPlace, ParameterStyle } from '../toolkit.js';
import {
  ImportRefusal,
  isObject,
  step,
  stringOf,
  type JsonObject,
  type OpenApiDocument,
} from './document.js';
import type { CredentialParameter } from './security.js';

/** A parameter of an operation, before it has a name among the arguments. */
export interface Parameter {
  name: string;
  place: Exclude<ArgumentPlace['in'], 'body'>;
  required: boolean;
  schema: unknown;
  /** Where its schema stands. */
  schemaPlace: string;
  description: string | undefined;
  style?: ParameterStyle;
  explode?: boolean;
  allowReserved?: boolean;
  /** Of a path: whether its slashes stay slashes. */
  manySegments?: boolean;
}

/** Said by the request itself, whatever a document lists: OpenAPI 3, parameter object. */
const IGNORED_HEADERS = new Set(['accept', 'content-type', 'authorization']);
const MAX_PARAMETERS = 200;
const PLACES = ['path', 'query', 'header', 'cookie'] as const;
const STYLES: Record<string, readonly ParameterStyle[]> = {
  path: ['simple', 'label', 'matrix'],
  query: ['form', 'spaceDelimited', 'pipeDelimited', 'deepObject'],
  header: ['simple'],
  cookie: ['form'],
};

interface ParameterRules {
  credentials: readonly CredentialParameter[];
  ignoreParameters: readonly string[];
  pathSegments: readonly string[];
}

/**
 * The parameters of an operation: its path's, with its own over them. Those that carry the credential are left out.
 * @throws ImportRefusal
 */
export function readParameters(
  document: OpenApiDocument,
  sources: { value: unknown; place: string }[],
  { credentials, ignoreParameters, pathSegments }: ParameterRules,
): Parameter[] {
  const found = new Map<string, Parameter>();
  for (const { value, place } of sources) {
    const list = Array.isArray(value) ? value : [];
    if (list.length > MAX_PARAMETERS)
      throw new ImportRefusal(place, `has more than ${MAX_PARAMETERS} parameters`);
    for (const [index, entry] of list.entries()) {
      const located = document.object(entry, step(place, index));
      const parameter = readParameter(located.value, located.place);
      if (parameter) found.set(`${parameter.place} ${parameter.name}`, parameter);
    }
  }
  const isLeftOut = ({ place, name }: Parameter) =>
    ignoreParameters.includes(name) || credentials.some((other) => other.in === place && other.name === name);
  return [...found.values()]
    .filter((parameter) => !isLeftOut(parameter))
    .map((parameter) =>
      pathSegments.includes(parameter.name) ? { ...parameter, manySegments: true } : parameter,
    );
}

function readParameter(value: JsonObject, at: string): Parameter | undefined {
  const name = stringOf(value['name']);
  if (!name) throw new ImportRefusal(at, 'a parameter needs a name');
  const place = PLACES.find((known) => known === value['in']);
  if (!place)
    throw new ImportRefusal(
      step(at, 'in'),
      `a parameter cannot stand in ${JSON.stringify(value['in'])?.slice(0, 40)}`,
    );
  if (place === 'header' && (IGNORED_HEADERS.has(name.toLowerCase()) || headerRefusal(name, '')))
    return undefined;
  if (value['deprecated'] === true && value['required'] !== true) return undefined;
  const base = {
    name,
    place,
    required: place === 'path' || value['required'] === true,
    description: stringOf(value['description']),
    ...(place === 'path' && value['x-multi-segment'] === true && { manySegments: true }),
  };
  const { content } = value;
  const [media] = isObject(content) ? Object.entries(content) : [];
  if (media) {
    const [type, description] = media;
    const schema = isObject(description) ? description['schema'] : undefined;
    const located = { ...base, schema, schemaPlace: step(step(step(at, 'content'), type), 'schema') };
    if (/[/+]json\b/.test(type)) return { ...located, style: 'json' };
    if (/^(?:text\/plain\b|\*\/\*)/i.test(type)) return located;
    throw new ImportRefusal(step(at, 'content'), `a parameter as ${type.slice(0, 60)} is not taken`);
  }
  return {
    ...base,
    schema: value['schema'] ?? value,
    schemaPlace: step(at, 'schema'),
    ...styleOf(value, place, at),
  };
}

function styleOf(
  value: JsonObject,
  place: string,
  at: string,
): Pick<Parameter, 'style' | 'explode' | 'allowReserved'> {
  const [standard = 'form', ...others] = STYLES[place] ?? [];
  const style =
    value['style'] === undefined ? standard : [standard, ...others].find((known) => known === value['style']);
  if (!style)
    throw new ImportRefusal(
      step(at, 'style'),
      `style ${String(value['style']).slice(0, 40)} is not taken in a ${place}`,
    );
  const explode =
    typeof value['explode'] === 'boolean' ? value['explode'] : style === 'form' || style === 'deepObject';
  return {
    ...(style !== standard && { style }),
    ...(explode !== (style === 'form' || style === 'deepObject') && { explode }),
    ...(place === 'query' && value['allowReserved'] === true && { allowReserved: true }),
  };
}

/** Whether an argument may be several values, so that how they are written matters. */
export function isCompound(schema: JsonSchema): boolean {
  const { type, anyOf } = schema;
  if (Array.isArray(anyOf)) return anyOf.some((part) => isObject(part) && isCompound(part));
  return type === 'array' || type === 'object';
}
