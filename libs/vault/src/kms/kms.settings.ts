import { readFileSync } from 'node:fs';
import { z } from 'zod';
import type { KeyManagement } from './key-management.js';

/** Who wraps the keys of PATCHBAY_ENCRYPTION_KEYS. */
export const kmsSettings = {
  /** Without it the keys stand in PATCHBAY_ENCRYPTION_KEYS as they are. */
  PATCHBAY_KMS: z.enum(['aws', 'gcp', 'vault']).optional(),
  /**
   * The key that wraps: an ARN or alias of AWS KMS, `projects/…/locations/…/keyRings/…/cryptoKeys/…` of Google Cloud, or
   * `<mount>/<key>` of a transit engine.
   */
  PATCHBAY_KMS_KEY: z.string().min(1).optional(),
  /** Where the service is: needed for Vault (its address); otherwise another address than the provider's own. */
  PATCHBAY_KMS_URL: z.url({ protocol: /^https?$/ }).optional(),
  /** Vault's token, or a file that holds it and is read at each start, as an agent of Vault's writes it. */
  PATCHBAY_KMS_TOKEN: z.string().min(1).optional(),
  PATCHBAY_KMS_TOKEN_FILE: z.string().min(1).optional(),
};
export type KmsSettings = z.output<z.ZodObject<typeof kmsSettings>>;

/** The service that the settings name; undefined without one. @throws Error that names a setting which is missing */
export async function keyManagementOf(settings: KmsSettings): Promise<KeyManagement | undefined> {
  const { PATCHBAY_KMS: kind, PATCHBAY_KMS_KEY: key, PATCHBAY_KMS_URL: url } = settings;
  if (!kind) return undefined;
  if (!key) throw new Error(`Setting PATCHBAY_KMS_KEY: is missing; PATCHBAY_KMS=${kind} needs it`);
  // Loaded only where they are used: a client is as large as the rest of a service.
  if (kind === 'aws') return (await import('./aws.kms.js')).awsKms(key, url);
  if (kind === 'gcp') return (await import('./gcp.kms.js')).gcpKms(key, url);
  if (!url)
    throw new Error('Setting PATCHBAY_KMS_URL: is missing; PATCHBAY_KMS=vault needs the address of Vault');
  return (await import('./vault.transit.js')).vaultTransit(key, url, () => tokenOf(settings));
}

function tokenOf({ PATCHBAY_KMS_TOKEN: token, PATCHBAY_KMS_TOKEN_FILE: file }: KmsSettings): string {
  const given = token ?? (file && readFileSync(file, 'utf8').trim());
  if (!given) throw new Error('Setting PATCHBAY_KMS_TOKEN or PATCHBAY_KMS_TOKEN_FILE: is missing or empty');
  return given;
}
