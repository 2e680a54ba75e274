import { hasParts, isDeepJson, readJson } from '@patchbay/contracts';
import type { InboundRequest } from '../webhook.js';

/** The body as an object of JSON; undefined when it is none. */
export function jsonBody({ body }: InboundRequest): Record<string, unknown> | undefined {
  const json = Buffer.from(body).toString('utf8');
  if (isDeepJson(json)) return undefined;
  try {
    const value = readJson(json);
    return isObject(value) ? value : undefined;
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
  return typeof value === 'number' || typeof value === 'bigint' ? String(value) : '';
}

/** The same, where nothing is null. */
export function textOrNull(value: unknown): string | null {
  return text(value) || null;
}
