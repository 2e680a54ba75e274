import type { TriggerCursor } from '@patchbay/contracts';
import type { z } from 'zod';

/** A cursor as its type wrote it. One that it cannot read, of a version before, is none: it begins anew. */
export function readCursor<T extends z.ZodType>(
  schema: T,
  cursor: TriggerCursor | null,
): z.output<T> | undefined {
  if (cursor === null) return undefined;
  const parsed = schema.safeParse(cursor);
  return parsed.success ? parsed.data : undefined;
}
