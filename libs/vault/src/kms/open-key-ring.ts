import { setTimeout as delay } from 'node:timers/promises';
import { parseKeyRing, type KeyRing } from '../key-ring.js';
import { WrongKey } from './key-management.js';
import { keyManagementOf, type KmsSettings } from './kms.settings.js';

const FIRST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 30_000;

export interface Waiting {
  /** Told each time that the service could not be asked. */
  onFailure: (error: Error, againInMs: number) => void;
  signal?: AbortSignal | undefined;
}

/**
 * The keys of the ring, newest first, unwrapped by the service that the settings name. While that one is away it is asked again and again.
 *
 * @throws Error when a key cannot be had by waiting: it is not wrapped by this service, the service refuses, a setting is missing
 */
export async function openKeyRing(
  settings: KmsSettings & { PATCHBAY_ENCRYPTION_KEYS: string },
  { onFailure, signal }: Waiting,
): Promise<KeyRing> {
  const kms = await keyManagementOf(settings);
  const given = settings.PATCHBAY_ENCRYPTION_KEYS;
  if (!kms) return parseKeyRing(given);
  const wrapped = given.split(',').map((text) => text.trim());
  for (let wait = FIRST_WAIT_MS; ; wait = Math.min(wait * 2, LONGEST_WAIT_MS)) {
    try {
      const keys = await Promise.all(wrapped.map((one) => kms.unwrap(one)));
      return parseKeyRing(keys.map((key) => key.toString('base64')).join(','));
    } catch (error) {
      if (error instanceof WrongKey) {
        throw new Error(
          `Setting PATCHBAY_ENCRYPTION_KEYS: cannot be unwrapped by ${settings.PATCHBAY_KMS_KEY}: ${error.message}`,
          { cause: error },
        );
      }
      onFailure(error as Error, wait);
      await delay(wait, undefined, { signal });
    }
  }
}
