import { createHash } from 'node:crypto';
import { writeJson, type TriggerConfig } from '@patchbay/contracts';

/** The same for the same settings, in whatever order their fields were sent. */
export function configHash(config: TriggerConfig): string {
  return createHash('sha256')
    .update(writeJson(sorted(config)))
    .digest('hex');
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  // Numbers with more digits than a double are objects of a class of their own.
  if (value === null || typeof value !== 'object' || Object.getPrototypeOf(value) !== Object.prototype)
    return value;
  const names = Object.keys(value).toSorted();
  return Object.fromEntries(names.map((name) => [name, sorted((value as Record<string, unknown>)[name])]));
}
