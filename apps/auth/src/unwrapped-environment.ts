import { beforeReady } from '@patchbay/service';
import { areWrapped, unwrapSettings } from '@patchbay/vault';

/** The environment, with the keys of the ring unwrapped where a key management service has wrapped them. */
export async function unwrappedEnvironment(): Promise<NodeJS.ProcessEnv> {
  if (!areWrapped(process.env)) return process.env;
  return beforeReady('auth', process.env, (logger) =>
    unwrapSettings(process.env, {
      onFailure: (error, againInMs) =>
        logger.error(
          { err: error, againInMs },
          'the encryption keys cannot be unwrapped; nothing is served until they are',
        ),
    }),
  );
}
