import { hasParts } from '@patchbay/contracts';
import { z } from 'zod';

/**
 * An object of JSON with any values, of which only the number of keys is looked at. zod's own record looks at each key,
 * which takes seconds for the million that fits into a frame.
 */
export function PlainObject(maxKeys = Infinity) {
  return z.custom<Record<string, unknown>>(
    (value) =>
      hasParts(value) &&
      !Array.isArray(value) &&
      (maxKeys === Infinity || Object.keys(value).length <= maxKeys),
    maxKeys === Infinity ? 'expected object' : `expected object with at most ${maxKeys} keys`,
  );
}
