import { z } from 'zod';
import { parseKeyRing } from './key-ring.js';

/** PATCHBAY_ENCRYPTION_KEYS: comma-separated base64 keys of 32 bytes, newest first. `openssl rand -base64 32` makes one. */
export const encryptionKeysSetting = z
  .string({ error: 'is missing; make one with: openssl rand -base64 32' })
  .transform((text, context) => {
    try {
      return parseKeyRing(text);
    } catch (error) {
      context.addIssue({ code: 'custom', message: (error as Error).message });
      return z.NEVER;
    }
  });
