import {
  databaseUrlSetting,
  privateHostsSetting,
  publicUrlSetting,
  serviceSettings,
} from '@patchbay/service';
import { encryptionKeysSetting, kmsSettings } from '@patchbay/vault';
import { z } from 'zod';
import { oidcSettings, requireWholeOidc } from './oidc.settings.js';

/** Keys are opaque: an operator may set one of any form. */
const apiKeySetting = z
  .string()
  .regex(/^[\x21-\x7e]{8,256}$/, 'must be 8 to 256 printable characters without spaces')
  .optional();

const settings = z.object({
  ...serviceSettings,
  DATABASE_URL: databaseUrlSetting,
  /** Where browsers reach the gateway: the beginning of links and of the OAuth callback. */
  PUBLIC_URL: publicUrlSetting,
  /** Comma-separated base64 keys of 32 bytes, newest first: `openssl rand -base64 32` makes one. */
  PATCHBAY_ENCRYPTION_KEYS: encryptionKeysSetting,
  ...kmsSettings,
  /** The first project's key. Without it no project is made at the start. */
  PATCHBAY_API_KEY: apiKeySetting,
  /** The key that manages projects. Without it projects cannot be managed. */
  PATCHBAY_ORG_API_KEY: apiKeySetting,
  /** The first person's key. Without it nobody is made at the start; the organisation's key makes people too. */
  PATCHBAY_USER_API_KEY: z
    .union([z.literal(''), z.string().regex(/^uak_[\x21-\x7e]{8,252}$/)], {
      error: 'must be uak_ and 8 to 252 printable characters without spaces',
    })
    .transform((key) => key || undefined)
    .optional(),
  /** Whose `PATCHBAY_USER_API_KEY` is: made at the first start, as an owner. */
  PATCHBAY_OWNER_EMAIL: z.string().trim().toLowerCase().pipe(z.email()).default('owner@patchbay.local'),
  /** Minutes without a request after which a session of the console ends. */
  PATCHBAY_CONSOLE_IDLE_MINUTES: z.coerce.number().int().min(1).max(525_600).default(720),
  /** Hours after which it ends in any case. */
  PATCHBAY_CONSOLE_SESSION_HOURS: z.coerce.number().int().min(1).max(8_760).default(168),
  ...oidcSettings,
  PATCHBAY_TOOLKIT_OVERRIDES: z.string().optional(),
  /** An ES module that exports `toolkits`: toolkits of the operator's own. */
  PATCHBAY_TOOLKITS_MODULE: z.string().optional(),
  PATCHBAY_ALLOWED_PRIVATE_HOSTS: privateHostsSetting,
  /** Links of one user that may be open at the same time; with as many, the next one is refused for a while. */
  PATCHBAY_MAX_OPEN_LINKS: z.coerce.number().int().min(1).default(100),
  /** Hours for which the page of an expired or used link still shows its outcome. */
  PATCHBAY_LINK_RETENTION_HOURS: z.coerce.number().min(0).default(24),
  /** Days for which an account is listed whose sign-in was never finished. */
  PATCHBAY_UNFINISHED_ACCOUNT_DAYS: z.coerce.number().min(0).default(30),
});

export const authConfig = settings.superRefine(requireWholeOidc);
export type AuthServiceConfig = z.output<typeof authConfig>;
