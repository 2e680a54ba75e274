import { KeyEnd, Name } from '@patchbay/contracts';
import { z } from 'zod';

/** Without `expires_at` a key has no end. */
export const KeyBody = z.strictObject({
  name: Name,
  expires_at: KeyEnd.nullish().transform((at) => at ?? null),
});
