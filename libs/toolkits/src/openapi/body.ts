import type { BodyEncoding } from '../toolkit.js';
import { ImportRefusal, isObject, step, type JsonObject, type OpenApiDocument } from './document.js';

/** What a request sends after its headers. */
export interface Body {
  schema: unknown;
  schemaPlace: string;
  required: boolean;
  encoding: BodyEncoding;
}

const JSON_TYPE = /^application\/(?:[\w.-]+\+)?json\b/i;
const FORM_TYPE = /^application\/x-www-form-urlencoded\b/i;
const MULTIPART_TYPE = /^multipart\/form-data\b/i;

/** The body of an operation, in the media type that says most: JSON, then a form, then a form with files. */
export function readBody(document: OpenApiDocument, requestBody: unknown, place: string): Body | undefined {
  if (requestBody === undefined) return undefined;
  const { value, place: at } = document.object(requestBody, place);
  const content = isObject(value['content']) ? value['content'] : {};
  const types = Object.keys(content);
  if (types.length === 0) return undefined;
  const type =
    types.find((candidate) => /^application\/json\b/i.test(candidate)) ??
    types.find((candidate) => JSON_TYPE.test(candidate)) ??
    types.find((candidate) => FORM_TYPE.test(candidate)) ??
    types.find((candidate) => MULTIPART_TYPE.test(candidate)) ??
    types.find((candidate) => candidate === '*/*');
  const contentPlace = step(at, 'content');
  if (!type)
    throw new ImportRefusal(contentPlace, `takes only ${types.slice(0, 3).join(', ').slice(0, 120)}`);
  const media = document.object(content[type], step(contentPlace, type));
  return {
    schema: media.value['schema'],
    schemaPlace: step(media.place, 'schema'),
    required: value['required'] === true,
    encoding: encodingOf(type, media.value),
  };
}

function encodingOf(type: string, media: JsonObject): BodyEncoding {
  if (MULTIPART_TYPE.test(type)) return { type: 'multipart' };
  if (FORM_TYPE.test(type)) {
    const styles = isObject(media['encoding']) ? Object.values(media['encoding']) : [];
    const nested = styles.some((style) => isObject(style) && style['style'] === 'deepObject');
    return { type: 'form', ...(nested && { nested: true }) };
  }
  // `application/json` itself is what a body is sent as anyway.
  return /^application\/json\s*$/i.test(type) || type === '*/*'
    ? { type: 'json' }
    : { type: 'json', contentType: type };
}
