import { ExactNumber, hasParts, isDeepJson, readJson } from '@patchbay/contracts';
import type { InboundRequest } from '../webhook.js';

/** The body as an object of JSON; undefined when it is none. */
export function jsonBody(request: InboundRequest): Record<string, unknown> | undefined {
  const value = jsonOf(request);
  return isObject(value) ? value : undefined;
}

/** The objects of a body that is a list of them; none when it is no list. */
export function jsonBodies(request: InboundRequest): Record<string, unknown>[] {
  const value = jsonOf(request);
  return Array.isArray(value) ? value.filter(isObject) : [];
}

function jsonOf({ body }: InboundRequest): unknown {
  const json = Buffer.from(body).toString('utf8');
  if (isDeepJson(json)) return undefined;
  try {
    return readJson(json);
  } catch {
    return undefined;
  }
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return hasParts(value) && !Array.isArray(value);
}

/** The object at a place of a body that came from outside; an empty one when there is none. */
export function part(body: unknown, ...keys: string[]): Record<string, unknown> {
  let value = body;
  for (const key of keys) value = isObject(value) ? value[key] : undefined;
  return isObject(value) ? value : {};
}

/** The text of a value that came from outside; numbers are written out, anything else is empty. */
export function text(value: unknown): string {
  if (typeof value === 'string') return value;
  const isNumber = typeof value === 'number' || typeof value === 'bigint' || value instanceof ExactNumber;
  return isNumber ? String(value) : '';
}

/** The same, where nothing is null. */
export function textOrNull(value: unknown): string | null {
  return text(value) || null;
}
