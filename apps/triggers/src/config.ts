import {
  databaseUrlSetting,
  privateHostsSetting,
  publicUrlSetting,
  serviceSettings,
} from '@patchbay/service';
import { encryptionKeysSetting, kmsSettings } from '@patchbay/vault';
import { z } from 'zod';
import { pollingSettings } from './polling/index.js';

/** About 31 hours. */
const RETRY_SECONDS = '5,30,120,600,3600,21600,86400';
const MAX_RETRY_SECONDS = 172_800;

const retryPausesSetting = z
  .string()
  .default(RETRY_SECONDS)
  .transform((text) => text.split(',').map(Number))
  .refine(
    (pauses) =>
      pauses.every((pause) => Number.isFinite(pause) && pause >= 0.05) &&
      pauses.reduce((sum, pause) => sum + pause, 0) <= MAX_RETRY_SECONDS,
    { message: `must be seconds joined by commas, two days together at most, such as ${RETRY_SECONDS}` },
  );

export const triggersConfig = z.object({
  ...serviceSettings,
  DATABASE_URL: databaseUrlSetting,
  /** Where providers reach the gateway: the beginning of the addresses that they post to. */
  PUBLIC_URL: publicUrlSetting,
  /** Seal the secrets of webhooks; the same as those of `auth`. */
  PATCHBAY_ENCRYPTION_KEYS: encryptionKeysSetting,
  ...kmsSettings,
  /** Hosts listed for `webhooks` may be delivered to although they are private: `10.0.0.5:8080=webhooks`. */
  PATCHBAY_ALLOWED_PRIVATE_HOSTS: privateHostsSetting,
  /** Days for which events are kept, and their deliveries: longer than a delivery is tried. */
  PATCHBAY_EVENT_RETENTION_DAYS: z.coerce.number().int().min(3).max(400).default(7),
  /** Seconds after which a delivery is tried again: the first, the second, … time; then it is given up. */
  PATCHBAY_WEBHOOK_RETRY_SECONDS: retryPausesSetting,
  /** Seconds that an endpoint has to answer. */
  PATCHBAY_WEBHOOK_TIMEOUT_SECONDS: z.coerce.number().int().min(1).max(60).default(15),
  /** Deliveries under way in one process, together and to one endpoint. */
  PATCHBAY_WEBHOOK_CONCURRENCY: z.coerce.number().int().min(1).max(10_000).default(500),
  PATCHBAY_WEBHOOK_ENDPOINT_CONCURRENCY: z.coerce.number().int().min(1).max(1_000).default(32),
  /** The operator's own toolkits, whose webhooks are verified here; the same as that of `tools`. */
  PATCHBAY_TOOLKITS_MODULE: z.string().optional(),
  ...pollingSettings,
});
export type TriggersConfig = z.output<typeof triggersConfig>;
