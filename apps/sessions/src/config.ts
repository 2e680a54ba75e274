import { databaseUrlSetting, serviceSettings } from '@patchbay/service';
import { z } from 'zod';

export const sessionsConfig = z.object({ ...serviceSettings, DATABASE_URL: databaseUrlSetting });
export type SessionsConfig = z.output<typeof sessionsConfig>;
