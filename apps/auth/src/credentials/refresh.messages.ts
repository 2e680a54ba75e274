import { z } from 'zod';
import { parseKeyRing } from '@patchbay/vault';

/* Messages between the service and its refresh process (see refresh.client.ts). */

/** Sent first: the process uses the service's settings, not its own environment. */
export const RefreshSettings = z.object({
  DATABASE_URL: z.string(),
  PATCHBAY_ENCRYPTION_KEYS: z.string().transform(parseKeyRing),
  PATCHBAY_ALLOWED_PRIVATE_HOSTS: z.array(z.string()),
  /** Bytes of a provider's answer, at most. */
  maxAnswerBytes: z.number(),
});
export type RefreshSettings = z.input<typeof RefreshSettings>;

export const RefreshJob = z.object({
  job: z.string(),
  projectId: z.string(),
  connectionId: z.string(),
  toolkit: z.string(),
  /** When the refresh was announced in the table `refreshes`: if it says another time, the token is another process's to send. */
  askedAt: z.coerce.date(),
  request: z.object({
    url: z.string(),
    method: z.string(),
    headers: z.record(z.string(), z.string()),
    body: z.string(),
  }),
});
export type RefreshJob = z.infer<typeof RefreshJob>;

/** A token endpoint's answer, as it is sealed in the table `refreshes`. */
export const TokenAnswer = z.object({ status: z.number(), contentType: z.string(), body: z.string() });
export type TokenAnswer = z.infer<typeof TokenAnswer>;

export const RefreshResult = z.object({
  job: z.string(),
  answer: TokenAnswer.optional(),
  /** Why there is no answer. */
  failure: z.string().optional(),
});
export type RefreshResult = z.infer<typeof RefreshResult>;

/** The provider has this long to answer; an older refresh without an answer will not get one. */
export const EXCHANGE_LIMIT_MS = 8_000;
