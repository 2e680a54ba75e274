import type { ToolRequestBody } from '@patchbay/toolkits';

interface EncodedBody {
  body: string | Uint8Array;
  mimetype: string;
}

/** Writes a request's body as its media type has it. */
export async function encodeBody(body: ToolRequestBody): Promise<EncodedBody> {
  if ('json' in body) return { body: JSON.stringify(body.json), mimetype: 'application/json' };
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
    return typeof inner === 'object'
      ? formFields(inner, name)
      : [[name, String(inner as string | number | boolean)]];
  });
}

/** multipart/form-data as the platform itself writes it (RFC 7578). */
async function encodeParts(
  parts: Extract<ToolRequestBody, { parts: unknown }>['parts'],
): Promise<EncodedBody> {
  const form = new FormData();
  for (const [name, part] of Object.entries(parts)) {
    if (typeof part === 'string') form.append(name, part);
    else form.append(name, new Blob([Uint8Array.from(part.bytes)], { type: part.mimetype }), part.name);
  }
  const encoded = new Response(form);
  const mimetype = encoded.headers.get('content-type') ?? 'multipart/form-data';
  return { body: new Uint8Array(await encoded.arrayBuffer()), mimetype };
}
