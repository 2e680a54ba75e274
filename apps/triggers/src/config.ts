import {
  databaseUrlSetting,
  privateHostsSetting,
  publicUrlSetting,
  serviceSettings,
} from '@patchbay/service';
import { encryptionKeysSetting } from '@patchbay/vault';
import { z } from 'zod';

export const triggersConfig = z.object({
  ...serviceSettings,
  DATABASE_URL: databaseUrlSetting,
  /** Where providers reach the gateway: the beginning of the addresses that they post to. */
  PUBLIC_URL: publicUrlSetting,
  /** Seal the secrets of webhooks; the same as those of `auth`. */
  PATCHBAY_ENCRYPTION_KEYS: encryptionKeysSetting,
  /** Hosts listed for `webhooks` may be delivered to although they are private: `10.0.0.5:8080=webhooks`. */
  PATCHBAY_ALLOWED_PRIVATE_HOSTS: privateHostsSetting,
  /** Days for which events are kept, and their deliveries: longer than a delivery is tried. */
  PATCHBAY_EVENT_RETENTION_DAYS: z.coerce.number().int().min(2).max(400).default(7),
});
export type TriggersConfig = z.output<typeof triggersConfig>;
