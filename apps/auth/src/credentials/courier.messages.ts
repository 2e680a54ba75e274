import { z } from 'zod';
import { parseKeyRing } from '../vault/index.js';

/* What the service and its courier process tell each other (see token.courier.ts). */

/** Told first: the courier works with the service's settings, whatever its environment says. */
export const CourierSettings = z.object({
  DATABASE_URL: z.string(),
  PATCHBAY_ENCRYPTION_KEYS: z.string().transform(parseKeyRing),
  PATCHBAY_ALLOWED_PRIVATE_HOSTS: z.array(z.string()),
  /** Bytes of a provider's answer, at most. */
  maxAnswerBytes: z.number(),
});
export type CourierSettings = z.input<typeof CourierSettings>;

export const CourierJob = z.object({
  job: z.string(),
  projectId: z.string(),
  connectionId: z.string(),
  toolkit: z.string(),
  staleFingerprint: z.string(),
  request: z.object({
    url: z.string(),
    method: z.string(),
    headers: z.record(z.string(), z.string()),
    body: z.string(),
  }),
});
export type CourierJob = z.infer<typeof CourierJob>;

/** A token endpoint's answer, as it lies sealed in a renewal. */
export const TokenAnswer = z.object({ status: z.number(), contentType: z.string(), body: z.string() });
export type TokenAnswer = z.infer<typeof TokenAnswer>;

export const CourierReport = z.object({
  job: z.string(),
  answer: TokenAnswer.optional(),
  /** Why there is no answer. */
  trouble: z.string().optional(),
});
export type CourierReport = z.infer<typeof CourierReport>;

/** The provider has this long to answer; a renewal without an answer that is older has none coming. */
export const EXCHANGE_LIMIT_MS = 8_000;
