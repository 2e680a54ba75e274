import { randomBytes } from 'node:crypto';
import { hasParts, writeJson } from '@patchbay/contracts';
import type { ToolRequestBody, ToolRequestPart } from '@patchbay/toolkits';

interface EncodedBody {
  body: string | Uint8Array;
  mimetype: string;
}

/** Writes a request's body as its media type has it. */
export function encodeBody(body: ToolRequestBody): EncodedBody {
  if ('json' in body) return { body: writeJson(body.json), mimetype: 'application/json' };
  if ('bytes' in body) return { body: body.bytes, mimetype: body.mimetype };
  if ('form' in body) {
    const fields = new URLSearchParams(formFields(body.form));
    return { body: fields.toString(), mimetype: 'application/x-www-form-urlencoded' };
  }
  return encodeParts(body.parts);
}

/** `{ a: { b: 1 }, c: [2] }` as `a[b]=1&c[0]=2`, the way Stripe and PHP read it. */
function formFields(value: object, prefix = ''): [string, string][] {
  return Object.entries(value).flatMap(([key, inner]: [string, unknown]): [string, string][] => {
    const name = prefix ? `${prefix}[${key}]` : key;
    if (inner === undefined || inner === null) return [];
    return hasParts(inner) ? formFields(inner, name) : [[name, String(inner as string | number | boolean)]];
  });
}

/**
 * multipart/form-data (RFC 7578), names as browsers write them: `FormData` would make a file of every text that
 * has a type of its own.
 */
function encodeParts(parts: Extract<ToolRequestBody, { parts: unknown }>['parts']): EncodedBody {
  const boundary = `patchbay-${randomBytes(18).toString('hex')}`;
  const written = Object.entries(parts).flatMap(([name, part]) =>
    [part].flat().flatMap((one) => encodePart(boundary, name, one)),
  );
  return {
    body: Buffer.concat([...written, Buffer.from(`--${boundary}--\r\n`)]),
    mimetype: `multipart/form-data; boundary=${boundary}`,
  };
}

function encodePart(boundary: string, name: string, part: ToolRequestPart): Uint8Array[] {
  const isFile = typeof part === 'object' && 'bytes' in part;
  const filename = isFile ? `; filename="${quoted(part.name)}"` : '';
  const type = typeof part === 'object' ? `Content-Type: ${oneLine(part.mimetype)}\r\n` : '';
  const head = `--${boundary}\r\nContent-Disposition: form-data; name="${quoted(name)}"${filename}\r\n${type}\r\n`;
  const content = isFile ? part.bytes : Buffer.from(typeof part === 'string' ? part : part.text);
  return [Buffer.from(head), content, Buffer.from('\r\n')];
}

/** WHATWG HTML, multipart/form-data encoding algorithm. */
function quoted(name: string): string {
  return name.replace(/\r\n?|\n/g, '%0D%0A').replaceAll('"', '%22');
}

function oneLine(mimetype: string): string {
  return mimetype.replace(/[\r\n]+/g, ' ');
}
