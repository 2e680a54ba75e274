import type { ArgumentPlace } from '@patchbay/toolkits';

type Style = Pick<ArgumentPlace, 'style' | 'explode'>;

const SEPARATORS = { form: ',', simple: ',', spaceDelimited: ' ', pipeDelimited: '|' } as const;

/**
 * One argument as its parameter is written (OpenAPI 3, style values): names and their values. A list as
 * a value means that its name is repeated.
 */
export function writeParameter(
  name: string,
  value: unknown,
  { style = 'form', explode }: Style,
): Record<string, unknown> {
  if (style === 'json') return { [name]: JSON.stringify(value) };
  if (Array.isArray(value)) {
    const texts = value.map(text);
    // OpenAPI leaves open how a list is written that way; PHP, Rails and Stripe read `name[]`.
    if (style === 'deepObject') return { [`${name}[]`]: texts };
    if (explode ?? style === 'form') return { [name]: texts };
    return { [name]: texts.join(SEPARATORS[style]) };
  }
  if (typeof value !== 'object' || value === null) return { [name]: value };
  if (style === 'deepObject') return nested(name, value);
  const entries = Object.entries(value).filter(([, inner]) => inner !== undefined && inner !== null);
  if (explode ?? style === 'form') {
    const texts = entries.map(([key, inner]) => [key, text(inner)] as const);
    return style === 'simple'
      ? { [name]: texts.map((pair) => pair.join('=')).join(',') }
      : Object.fromEntries(texts);
  }
  return { [name]: entries.flatMap(([key, inner]) => [key, text(inner)]).join(SEPARATORS[style]) };
}

/** `{ price: { gte: 1 } }` as `price[gte]=1`, however deep. */
function nested(name: string, value: object): Record<string, unknown> {
  return Object.entries(value).reduce<Record<string, unknown>>((written, [key, inner]: [string, unknown]) => {
    const inside = `${name}[${key}]`;
    if (inner === undefined || inner === null) return written;
    return { ...written, ...writeParameter(inside, inner, { style: 'deepObject' }) };
  }, {});
}

/** A value as text: what is none is written as JSON. */
export function text(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
