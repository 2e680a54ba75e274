import { z } from 'zod';
import { defineRequest } from './define.js';

/** Of a compact JWE around a value of an auth config: some text more than the longest value has in base64. */
const MAX_JWE_CHARACTERS = 40_000;

/** Values by their field's name, each a compact JWE for one of the installation's transfer keys. */
export const SealedValues = z
  .record(z.string().max(100), z.string().max(MAX_JWE_CHARACTERS))
  .refine((values) => Object.keys(values).length <= 50, { message: 'must not be more than 50 values' });
export type SealedValues = z.infer<typeof SealedValues>;

/** The public half of a key that secrets are sealed to, as a JWK (RFC 7517). */
export const TransferKey = z.object({
  kty: z.literal('RSA'),
  n: z.string(),
  e: z.string(),
  alg: z.literal('RSA-OAEP-256'),
  use: z.literal('enc'),
  kid: z.string(),
});
export type TransferKey = z.infer<typeof TransferKey>;

/** All that are still opened, newest first. The installation has them, whatever project asks. */
export const listTransferKeys = defineRequest(
  'auth.keyring.list',
  z.strictObject({}),
  z.object({ activeKid: z.string(), keys: z.array(TransferKey) }),
);
