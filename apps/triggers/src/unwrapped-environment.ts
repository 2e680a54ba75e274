import { beforeReady, fromFiles } from '@patchbay/service';
import { areWrapped, KEY_RING_SETTINGS, unwrapSettingsOfService } from '@patchbay/vault';

/** The environment, with the keys of the ring unwrapped where a key management service has wrapped them. */
export async function unwrappedEnvironment(): Promise<NodeJS.ProcessEnv> {
  const environment = fromFiles(KEY_RING_SETTINGS, process.env);
  if (!areWrapped(environment)) return environment;
  return beforeReady('triggers', environment, (logger) => unwrapSettingsOfService(environment, logger));
}
