import { hasParts, writeJson } from '@patchbay/contracts';
import type { ArgumentPlace, ParameterStyle } from '@patchbay/toolkits';

type Style = Pick<ArgumentPlace, 'style' | 'explode' | 'allowReserved'>;
type Encode = (text: string) => string;

/**
 * How a value of each style is written (OpenAPI 3, style values; RFC 6570): what stands before it, between its
 * parts, and between parts that are spread. What separates is never encoded as a part's own characters are, but a
 * space and a bar may not stand in an address as they are.
 */
const FORMS: Record<
  Exclude<ParameterStyle, 'deepObject' | 'json'>,
  Record<'first' | 'joined' | 'spread', string>
> = {
  simple: { first: '', joined: ',', spread: ',' },
  label: { first: '.', joined: ',', spread: '.' },
  matrix: { first: ';', joined: ',', spread: ';' },
  form: { first: '', joined: ',', spread: '&' },
  spaceDelimited: { first: '', joined: '%20', spread: '&' },
  pipeDelimited: { first: '', joined: '%7C', spread: '&' },
};
/** Whose parts carry the parameter's name. */
const NAMED = new Set<ParameterStyle>(['matrix', 'form', 'spaceDelimited', 'pipeDelimited']);

/** One argument as a part of a query or of a form, encoded: `a=1&a=2`; empty when there is nothing to write. */
export function writePair(name: string, value: unknown, style: Style): string {
  const encode = style.allowReserved ? encodeReserved : encodeURIComponent;
  if (style.style === 'json') return named('form', name, encode(writeJson(value)));
  return write(name, value, { ...style, style: style.style ?? 'form' }, encode);
}

/** One argument in its place in a path, encoded. */
export function writeSegment(name: string, value: unknown, style: Style): string {
  return write(name, value, { ...style, style: style.style ?? 'simple' }, encodeURIComponent);
}

/** One argument as the value of a header, where nothing is encoded. */
export function writeHeader(name: string, value: unknown, style: Style): string {
  return write(name, value, { ...style, style: style.style ?? 'simple' }, (text) => text);
}

function write(
  name: string,
  value: unknown,
  style: Style & { style: ParameterStyle },
  encode: Encode,
): string {
  const kind = style.style;
  if (kind === 'deepObject') return nested(encodeURIComponent(name), value, encode).join('&');
  if (kind === 'json' || !hasParts(value)) {
    const written = encode(kind === 'json' ? writeJson(value) : text(value));
    return formOf(kind).first + named(kind, name, written);
  }
  const { first, joined, spread } = formOf(kind);
  const parts = Array.isArray(value)
    ? value.map((item) => ({ key: undefined, written: encode(text(item)) }))
    : Object.entries(value)
        .filter(([, inner]) => inner !== undefined && inner !== null)
        .map(([key, inner]) => ({ key: encode(key), written: encode(text(inner)) }));
  if (parts.length === 0) return '';
  if (!(style.explode ?? kind === 'form')) {
    const flat = parts.flatMap(({ key, written }) => (key === undefined ? [written] : [key, written]));
    return first + named(kind, name, flat.join(joined));
  }
  const each = parts.map(({ key, written }) =>
    key === undefined ? named(kind, name, written) : `${key}=${written}`,
  );
  return first + each.join(spread);
}

const formOf = (kind: ParameterStyle) => FORMS[kind === 'deepObject' || kind === 'json' ? 'simple' : kind];

function named(kind: ParameterStyle, name: string, written: string): string {
  return NAMED.has(kind) ? `${encodeURIComponent(name)}=${written}` : written;
}

/** `{ price: { gte: 1 } }` as `price[gte]=1`, however deep. PHP, Rails and Stripe read a list as `name[]`. */
function nested(name: string, value: unknown, encode: Encode): string[] {
  if (value === undefined || value === null) return [];
  if (Array.isArray(value)) return value.map((item) => `${name}%5B%5D=${encode(text(item))}`);
  if (!hasParts(value)) return [`${name}=${encode(text(value))}`];
  return Object.entries(value).flatMap(([key, inner]) =>
    nested(`${name}%5B${encodeURIComponent(key)}%5D`, inner, encode),
  );
}

/**
 * Leaves what is reserved (RFC 3986, section 2.2) as it is, and what is encoded already; but not what would end the
 * value where it stands, or what a form reads as something else (OpenAPI 3.1, Parameter Object).
 */
function encodeReserved(value: string): string {
  return value
    .split(/(%[0-9a-f]{2}|[:/?@!$'()*,;=])/i)
    .map((part, index) => (index % 2 === 1 ? part : encodeURIComponent(part)))
    .join('');
}

/** A value as text: what is none is written as JSON. */
export function text(value: unknown): string {
  return typeof value === 'string' ? value : value === undefined ? '' : writeJson(value);
}
