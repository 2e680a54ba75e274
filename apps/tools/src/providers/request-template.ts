import { AppError, hasParts, headerRefusal, writeJson } from '@patchbay/contracts';
import type { ArgumentPlace, HttpTool, ToolFiles, ToolRequest, ToolRequestBody } from '@patchbay/toolkits';
import { z } from 'zod';
import { text, writeHeader, writePair, writeSegment } from './parameter-style.js';
import { isFile, writeForm, writeParts } from './request-fields.js';

type Values = Record<string, unknown>;

/**
 * Fills a tool's template: arguments named in the path go there, those with a place of their own go to it,
 * the rest into the query, or into the body when the method has one.
 */
export async function buildRequest(tool: HttpTool, input: Values, files: ToolFiles): Promise<ToolRequest> {
  const inPath = new Set<string>();
  const url = tool.path.replace(/\{(\+?)(\w+)\}/g, (_, manySegments: string, name: string) => {
    inPath.add(name);
    const value = input[name];
    if (manySegments) return encodePath(name, text(value).split('/').map(encodeURIComponent));
    const place = tool.places?.[name];
    return encodePath(name, [writeSegment(place?.name ?? name, value, place ?? {})]);
  });
  const query: Values = {};
  const search: string[] = [];
  const headers: Record<string, string> = { ...tool.headers };
  const cookies: string[] = [];
  const fields: Values = {};
  for (const [argument, value] of Object.entries(input)) {
    if (inPath.has(argument) || value === undefined) continue;
    const place = placeOf(tool, argument);
    const name = place.name ?? argument;
    if (place.in === 'body') fields[name] = value;
    else if (value === null) continue;
    else if (place.in === 'header')
      headers[name] = headerValue(argument, name, writeHeader(name, value, place));
    else if (place.in === 'cookie') cookies.push(writePair(name, value, place).replaceAll('&', '; '));
    else if (isPlain(place, value)) query[name] = value;
    else search.push(writePair(name, value, place));
  }
  const hasBody = Object.keys(fields).length > 0 || mayHaveBody(tool, inPath);
  const body = hasBody ? await bodyOf(tool, fields, files) : undefined;
  const cookie = cookies.filter((pair) => pair !== '').join('; ');
  const written = search.filter((pair) => pair !== '').join('&');
  return {
    method: tool.method,
    url,
    headers: { ...headers, ...(cookie && { cookie }) },
    query,
    ...(written && { search: written }),
    ...(body && { body }),
  };
}

/** Whether a value is written as every query writes it: a list repeats its name. */
function isPlain({ style = 'form', explode, allowReserved }: ArgumentPlace, value: unknown): boolean {
  if (allowReserved || style === 'json') return false;
  if (!hasParts(value)) return true;
  return (
    Array.isArray(value) && style !== 'deepObject' && (explode ?? style === 'form') && !value.some(hasParts)
  );
}

function placeOf(tool: HttpTool, argument: string): ArgumentPlace {
  const own = tool.places?.[argument];
  if (own) return own;
  return { in: tool.query?.includes(argument) || !takesBody(tool) ? 'query' : 'body' };
}

function takesBody({ method }: HttpTool): boolean {
  return method !== 'GET' && method !== 'HEAD' && method !== 'DELETE';
}

/** A request has one only if its tool has something to go into it: some providers refuse even an empty object. */
function mayHaveBody(tool: HttpTool, inPath: ReadonlySet<string>): boolean {
  const { input } = tool;
  const named = input instanceof z.ZodObject ? input.shape : input['properties'];
  const names = Object.keys((named ?? {}) as object);
  return names.some((name) => !inPath.has(name) && placeOf(tool, name).in === 'body');
}

async function bodyOf(
  { body }: HttpTool,
  fields: Values,
  files: ToolFiles,
): Promise<ToolRequestBody | undefined> {
  const { type = 'json', contentType, argument, nested, fields: encodings } = body ?? {};
  const content = argument === undefined ? fields : fields[argument];
  if (content === undefined) return undefined;
  const named = content as Values;
  if (type === 'multipart') return { parts: await writeParts(named, encodings, files) };
  if (type === 'form')
    return nested
      ? { form: named }
      : {
          bytes: Buffer.from(writeForm(named, encodings)),
          mimetype: contentType ?? 'application/x-www-form-urlencoded',
        };
  if (type === 'raw') return rawBody(content, contentType, files);
  return contentType ? { bytes: Buffer.from(writeJson(content)), mimetype: contentType } : { json: content };
}

/** A file, of the type that the caller says, or a text of the type that the document says. */
async function rawBody(
  content: unknown,
  contentType: string | undefined,
  files: ToolFiles,
): Promise<ToolRequestBody> {
  if (!isFile(content)) return { bytes: Buffer.from(text(content)), mimetype: contentType ?? 'text/plain' };
  const { bytes, mimetype } = await files.read(content);
  return { bytes, mimetype };
}

function headerValue(argument: string, name: string, value: unknown): string {
  const line = text(value);
  const refusal = headerRefusal(name, line);
  if (!refusal) return line;
  throw new AppError(
    'invalid_request',
    `Invalid request data provided: ${argument}: the header ${name} ${refusal}`,
  );
}

/**
 * Dots alone would climb out of the place that the template gives the argument, encoded or not, and nothing at all
 * would make it the address of another thing: of all of them instead of one.
 */
function encodePath(name: string, segments: string[]): string {
  if (segments.some((segment) => segment === '.' || segment === '..')) {
    throw new AppError('invalid_request', `Invalid request data provided: ${name}: must not be . or ..`);
  }
  if (segments.length === 1 && segments[0] === '') {
    throw new AppError('invalid_request', `Invalid request data provided: ${name}: must not be empty`);
  }
  return segments.join('/');
}
