import type { BodyEncoding, FieldEncoding } from '../toolkit.js';
import {
  ImportRefusal,
  isObject,
  step,
  stringOf,
  type JsonObject,
  type Located,
  type OpenApiDocument,
} from './document.js';

/** What a request sends after its headers. */
export interface Body {
  schema: unknown;
  schemaPlace: string;
  required: boolean;
  encoding: BodyEncoding;
  /** Whether its schema says that it takes fields of any name. */
  isOpen: boolean;
}

const JSON_TYPE = /^application\/(?:[\w.-]+\+)?json\b/i;
const FORM_TYPE = /^application\/x-www-form-urlencoded\b/i;
const MULTIPART_TYPE = /^multipart\/form-data\b/i;
/** Written by the caller, as a text: its fields have no form of which JSON Schema could tell. */
const TEXT_TYPE = /^(?:text\/|application\/(?:[\w.-]+\+)?(?:xml|yaml|x-yaml|x-ndjson|graphql|sql)\b)/i;
const FILE_TYPE =
  /^(?:image|audio|video|font)\/|^application\/(?:octet-stream|pdf|zip|gzip|x-[\w.-]+|vnd\.[\w.-]+)(?=[;,\s]|$)/i;
const RANKS = [
  /^application\/json\b/i,
  JSON_TYPE,
  FORM_TYPE,
  MULTIPART_TYPE,
  /^\*\/\*$/,
  TEXT_TYPE,
  /^(?!multipart\/)./i,
];
const FORM_STYLES = ['form', 'spaceDelimited', 'pipeDelimited', 'deepObject'] as const;

/**
 * The bodies that an operation takes, the one whose media type says most first: JSON, then a form, then a form with
 * files, then a text or a file as a whole.
 * @throws ImportRefusal when it takes others only
 */
export function readBodies(document: OpenApiDocument, requestBody: unknown, place: string): Body[] {
  if (requestBody === undefined) return [];
  const { value, place: at } = document.object(requestBody, place);
  const content = isObject(value['content']) ? value['content'] : {};
  const types = Object.keys(content);
  const rank = (type: string) => RANKS.findIndex((known) => known.test(type));
  const taken = types.filter((type) => rank(type) >= 0).sort((a, b) => rank(a) - rank(b));
  const contentPlace = step(at, 'content');
  if (types.length > 0 && taken.length === 0)
    throw new ImportRefusal(contentPlace, `takes only ${types.slice(0, 3).join(', ').slice(0, 120)}`);
  return taken.map((type) => {
    const media = document.object(content[type], step(contentPlace, type));
    return readMedia(document, type, media, value['required'] === true);
  });
}

function readMedia(
  document: OpenApiDocument,
  type: string,
  { value, place }: Located,
  required: boolean,
): Body {
  const schemaPlace = step(place, 'schema');
  const schema = value['schema'];
  const whole = isObject(schema) ? document.object(schema, schemaPlace).value : {};
  const encoding = encodingOf(type, value, whole['type'] === 'string' && whole['format'] === 'binary');
  const read = { schemaPlace, required, encoding, isOpen: isOpen(whole) };
  if (encoding.type === 'raw') return { ...read, schema: rawSchema(type, whole) };
  if (encoding.type === 'multipart') return { ...read, schema: withFiles(schema, whole, encoding.fields) };
  return { ...read, schema };
}

/** Whether it says that it takes fields of any name. */
function isOpen(schema: JsonObject): boolean {
  const { additionalProperties: further } = schema;
  return further === true || (isObject(further) && further['not'] === undefined);
}

/** A form whose schema leaves it to the encoding to say that a field is a file (OpenAPI 3.1). */
function withFiles(schema: unknown, whole: JsonObject, fields: BodyEncoding['fields'] = {}): unknown {
  const { properties } = whole;
  if (!isObject(properties)) return schema;
  const isFile = (name: string, field: unknown) =>
    isObject(field) &&
    field['$ref'] === undefined &&
    (field['type'] === undefined || field['type'] === 'string') &&
    field['format'] === undefined &&
    FILE_TYPE.test(fields[name]?.contentType ?? '');
  const read = Object.entries(properties).map(([name, field]) => [
    name,
    isFile(name, field) ? { ...(field as JsonObject), type: 'string', format: 'binary' } : field,
  ]);
  return read.some(([name, field]) => field !== properties[String(name)])
    ? { ...whole, properties: Object.fromEntries(read) as JsonObject }
    : schema;
}

function encodingOf(type: string, media: JsonObject, isFile: boolean): BodyEncoding {
  const isForm = FORM_TYPE.test(type);
  if (isForm || MULTIPART_TYPE.test(type)) {
    const fields = fieldsOf(media['encoding'], isForm);
    const styles = Object.values(fields);
    if (isForm && styles.length > 0 && styles.every(({ style }) => style === 'deepObject'))
      return { type: 'form', nested: true };
    return { type: isForm ? 'form' : 'multipart', ...(styles.length > 0 && { fields }) };
  }
  if (JSON_TYPE.test(type) || (type === '*/*' && !isFile)) {
    // `application/json` itself is what a body is sent as anyway.
    return /^application\/json\s*$/i.test(type) || type === '*/*'
      ? { type: 'json' }
      : { type: 'json', contentType: type };
  }
  return TEXT_TYPE.test(type) && !type.includes('*') ? { type: 'raw', contentType: type } : { type: 'raw' };
}

/** Styles are said of a URL-encoded form only, types of the parts of any. */
function fieldsOf(encodings: unknown, isForm: boolean): Record<string, FieldEncoding> {
  if (!isObject(encodings)) return {};
  const read = Object.entries(encodings).flatMap(([name, encoding]): [string, FieldEncoding][] => {
    if (!isObject(encoding)) return [];
    const style = FORM_STYLES.find((known) => known === encoding['style']);
    const { explode, allowReserved } = encoding;
    const contentType = stringOf(encoding['contentType']);
    const field: FieldEncoding = {
      ...(isForm && style && { style }),
      ...(isForm && typeof explode === 'boolean' && style !== 'deepObject' && { explode }),
      ...(isForm && allowReserved === true && { allowReserved }),
      ...(contentType && { contentType }),
    };
    return Object.keys(field).length > 0 ? [[name, field]] : [];
  });
  return Object.fromEntries(read);
}

/** What is the whole body: a text, or a file of the platform's. */
function rawSchema(type: string, { description }: JsonObject): JsonObject {
  return TEXT_TYPE.test(type)
    ? { type: 'string', description: stringOf(description) ?? `The body, as ${type.slice(0, 60)}.` }
    : { type: 'string', format: 'binary', description: 'The file that is the body.' };
}
