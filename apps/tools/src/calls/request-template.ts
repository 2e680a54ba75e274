import { AppError, headerRefusal } from '@patchbay/contracts';
import type {
  ArgumentPlace,
  HttpTool,
  ToolFile,
  ToolFiles,
  ToolRequest,
  ToolRequestBody,
} from '@patchbay/toolkits';
import { text, writeParameter } from './parameter-style.js';

type Values = Record<string, unknown>;

/**
 * Fills a tool's template: arguments named in the path go there, those with a place of their own go to it,
 * the rest into the query, or into the body when the method has one.
 */
export async function fillTemplate(tool: HttpTool, input: Values, files: ToolFiles): Promise<ToolRequest> {
  const inPath = new Set<string>();
  const url = tool.path.replace(/\{(\+?)(\w+)\}/g, (_, manySegments: string, name: string) => {
    inPath.add(name);
    const value = text(input[name]);
    return encodePath(name, manySegments ? value.split('/') : [value]);
  });
  const query: Values = {};
  const headers: Record<string, string> = { ...tool.headers };
  const cookies: Values = {};
  const fields: Values = {};
  for (const [argument, value] of Object.entries(input)) {
    if (inPath.has(argument) || value === undefined) continue;
    const place = placeOf(tool, argument);
    const name = place.name ?? argument;
    if (place.in === 'body') fields[name] = value;
    else if (value === null) continue;
    else if (place.in === 'header')
      headers[name] = headerValue(
        argument,
        name,
        writeParameter(name, value, { style: 'simple', ...place })[name],
      );
    else Object.assign(place.in === 'cookie' ? cookies : query, writeParameter(name, value, place));
  }
  const body = hasBody(tool) ? await bodyOf(tool, fields, files) : undefined;
  const cookie = new URLSearchParams(cookies as Record<string, string>).toString().replaceAll('&', '; ');
  return {
    method: tool.method,
    url,
    headers: { ...headers, ...(cookie && { cookie }) },
    query,
    ...(body && { body }),
  };
}

function placeOf(tool: HttpTool, argument: string): ArgumentPlace {
  const own = tool.places?.[argument];
  if (own) return own;
  return { in: tool.query?.includes(argument) || !takesBody(tool) ? 'query' : 'body' };
}

function takesBody({ method }: HttpTool): boolean {
  return method !== 'GET' && method !== 'HEAD' && method !== 'DELETE';
}

/** A DELETE has one only if its tool says what goes into it. */
function hasBody(tool: HttpTool): boolean {
  return takesBody(tool) || Object.values(tool.places ?? {}).some((place) => place.in === 'body');
}

async function bodyOf(
  { body }: HttpTool,
  fields: Values,
  files: ToolFiles,
): Promise<ToolRequestBody | undefined> {
  const { type = 'json', contentType, argument, nested } = body ?? {};
  if (argument !== undefined && fields[argument] === undefined) return undefined;
  if (type === 'multipart') return { parts: await partsOf(fields, files) };
  if (type === 'form')
    return nested
      ? { form: fields }
      : {
          bytes: Buffer.from(flatForm(fields)),
          mimetype: contentType ?? 'application/x-www-form-urlencoded',
        };
  const content = argument === undefined ? fields : fields[argument];
  return contentType
    ? { bytes: Buffer.from(JSON.stringify(content)), mimetype: contentType }
    : { json: content };
}

/** A list repeats its name, an object is written as JSON: what OpenAPI has for a form without styles. */
function flatForm(fields: Values): string {
  const form = new URLSearchParams();
  for (const [name, value] of Object.entries(fields)) {
    if (value === null) continue;
    for (const item of Array.isArray(value) ? (value as unknown[]) : [value]) form.append(name, text(item));
  }
  return form.toString();
}

async function partsOf(fields: Values, files: ToolFiles): Promise<Record<string, string | ToolFile>> {
  const parts: Record<string, string | ToolFile> = {};
  for (const [name, value] of Object.entries(fields)) {
    if (value === null) continue;
    parts[name] = isFile(value) ? await files.read(value.s3key) : text(value);
  }
  return parts;
}

function isFile(value: unknown): value is { s3key: string } {
  return typeof value === 'object' && value !== null && 's3key' in value && typeof value.s3key === 'string';
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

/** Dots alone would climb out of the place that the template gives the argument, encoded or not. */
function encodePath(name: string, segments: string[]): string {
  if (segments.some((segment) => segment === '.' || segment === '..')) {
    throw new AppError('invalid_request', `Invalid request data provided: ${name}: must not be . or ..`);
  }
  return segments.map(encodeURIComponent).join('/');
}
