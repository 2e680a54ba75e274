import { hasParts, writeJson } from '@patchbay/contracts';
import type {
  BodyEncoding,
  FieldEncoding,
  ToolFiles,
  ToolRequestBody,
  ToolRequestPart,
} from '@patchbay/toolkits';
import { text, writePair } from './parameter-style.js';

type Fields = Record<string, unknown>;

/**
 * A body of named fields as a form. Without a word of a field's encoding, a list repeats its name and an object is
 * written as JSON (OpenAPI 3.1, Encoding Object).
 */
export function writeForm(fields: Fields, encodings: BodyEncoding['fields'] = {}): string {
  return Object.entries(fields)
    .filter(([, value]) => value !== null && value !== undefined)
    .map(([name, value]) => formField(name, value, encodingOf(encodings, name)))
    .filter((pair) => pair !== '')
    .join('&');
}

function formField(name: string, value: unknown, encoding: FieldEncoding): string {
  const { contentType = '', ...style } = encoding;
  if (isStyled(encoding)) return writePair(name, value, style);
  if (isJson(contentType)) return new URLSearchParams([[name, writeJson(value)]]).toString();
  const items: unknown[] = Array.isArray(value) ? value : [value];
  return new URLSearchParams(items.map((item): [string, string] => [name, text(item)])).toString();
}

/** The same as parts: each item of a list is one, of the list's name (RFC 7578, section 4.3); files are read. */
export async function writeParts(
  fields: Fields,
  encodings: BodyEncoding['fields'],
  files: ToolFiles,
): Promise<Extract<ToolRequestBody, { parts: unknown }>['parts']> {
  const parts: Record<string, ToolRequestPart | ToolRequestPart[]> = {};
  for (const [name, value] of Object.entries(fields)) {
    if (value === null || value === undefined) continue;
    const { contentType } = encodingOf(encodings, name);
    if (!Array.isArray(value)) parts[name] = await partOf(value, contentType, files);
    else {
      const items: ToolRequestPart[] = [];
      for (const item of value as unknown[]) items.push(await partOf(item, contentType, files));
      parts[name] = items;
    }
  }
  return parts;
}

async function partOf(
  value: unknown,
  contentType: string | undefined,
  files: ToolFiles,
): Promise<ToolRequestPart> {
  if (isFile(value)) return files.read(value);
  const isCompound = hasParts(value);
  const [said] = (contentType ?? '').split(',').map((one) => one.trim());
  const mimetype = said && !said.includes('*') ? said : isCompound ? 'application/json' : undefined;
  const written = mimetype && isJson(mimetype) ? writeJson(value) : text(value);
  return mimetype ? { text: written, mimetype } : written;
}

function encodingOf(encodings: BodyEncoding['fields'], name: string): FieldEncoding {
  return encodings && Object.hasOwn(encodings, name) ? (encodings[name] ?? {}) : {};
}

function isStyled({ style, explode, allowReserved }: FieldEncoding): boolean {
  return style !== undefined || explode !== undefined || allowReserved !== undefined;
}

function isJson(mimetype: string): boolean {
  return /^application\/(?:[\w.-]+\+)?json\b/i.test(mimetype.trim());
}

export function isFile(value: unknown): value is { name: string; mimetype: string; s3key: string } {
  return typeof value === 'object' && value !== null && 's3key' in value && typeof value.s3key === 'string';
}
