import { z } from 'zod';
import type { ErrorLogger } from '../error-logger.js';
import { formatKeyRing } from '../key-ring.js';
import { kmsSettings } from './kms.settings.js';
import { openKeyRing, type Waiting } from './open-key-ring.js';

const Wrapped = z.object({
  ...kmsSettings,
  PATCHBAY_ENCRYPTION_KEYS: z.string({
    error: 'is missing; make one with: node libs/vault/dist/new-key.js',
  }),
});

/** The settings that say which keys there are, and who wraps them. */
export const KEY_RING_SETTINGS = [...Object.keys(kmsSettings), 'PATCHBAY_ENCRYPTION_KEYS'];

/** Whether the keys have to be unwrapped before a service can read its settings. */
export function areWrapped(environment: NodeJS.ProcessEnv): boolean {
  return Boolean(environment['PATCHBAY_KMS']);
}

/**
 * The environment with the keys of the ring as they are, which are wrapped in the one that is given. The process keeps them nowhere but
 * in its memory.
 * @throws Error with the setting's name when they cannot be had by waiting
 */
export async function unwrapSettings(
  environment: NodeJS.ProcessEnv,
  waiting: Waiting,
): Promise<NodeJS.ProcessEnv> {
  if (!areWrapped(environment)) return environment;
  const given = Object.entries(environment).filter(([, value]) => value !== '');
  const parsed = Wrapped.safeParse(Object.fromEntries(given));
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new Error(`Setting ${issue?.path.join('.')}: ${issue?.message}`);
  }
  return { ...environment, PATCHBAY_ENCRYPTION_KEYS: formatKeyRing(await openKeyRing(parsed.data, waiting)) };
}

/** The same for a service, whose log says what it waits for. */
export function unwrapSettingsOfService(
  environment: NodeJS.ProcessEnv,
  logger: ErrorLogger,
): Promise<NodeJS.ProcessEnv> {
  return unwrapSettings(environment, {
    onFailure: (error, againInMs) =>
      logger.error(
        { err: error, againInMs },
        'the encryption keys cannot be unwrapped; nothing is served until they are',
      ),
  });
}

/**
 * The same for a program that is run beside its service: it says on stderr what it waits for, and takes no port.
 * @throws as `unwrapSettings` does
 */
export function unwrapSettingsOfProgram(environment: NodeJS.ProcessEnv): Promise<NodeJS.ProcessEnv> {
  return unwrapSettings(environment, {
    onFailure: (error, againInMs) =>
      process.stderr.write(
        `The encryption keys cannot be unwrapped: ${error.message}. Asking again in ${againInMs / 1_000} s.\n`,
      ),
  });
}
