import { z } from 'zod';

/** Without `expires_at` a key has no end. */
export const KeyBody = z.strictObject({
  name: z.string(),
  expires_at: z
    .string()
    .nullish()
    .transform((at) => at ?? null),
});
