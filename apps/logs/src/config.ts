import { databaseUrlSetting, serviceSettings } from '@patchbay/service';
import { z } from 'zod';

export const logsConfig = z.object({
  ...serviceSettings,
  DATABASE_URL: databaseUrlSetting,
  /** Days for which calls and events are kept; older days are dropped whole. */
  PATCHBAY_LOG_RETENTION_DAYS: z.coerce.number().int().min(1).default(90),
  /** Days for which the usage of a day is kept. */
  PATCHBAY_USAGE_RETENTION_DAYS: z.coerce.number().int().min(1).default(400),
  /** Days for which acts of administration are kept. */
  PATCHBAY_AUDIT_RETENTION_DAYS: z.coerce.number().int().min(1).default(400),
});
export type LogsConfig = z.output<typeof logsConfig>;
