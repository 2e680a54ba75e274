import type { ServiceName } from '@patchbay/contracts';
import { z } from 'zod';
import { loadConfig, serviceSettings } from './config.js';
import { createLogger, type Logger } from './logger.js';
import { openOpsDoor } from './telemetry/ops.server.js';

/**
 * What a service has to have before its settings can be read whole, such as keys that another service unwraps. Meanwhile it is alive and
 * not ready. A failure ends the process with its message.
 */
export async function beforeReady<T>(
  name: ServiceName,
  environment: NodeJS.ProcessEnv,
  work: (logger: Logger) => Promise<T>,
): Promise<T> {
  const settings = loadConfig(z.object(serviceSettings), environment);
  const logger = createLogger(name, settings.LOG_LEVEL);
  const endAtOnce = () => process.exit(1);
  process.once('disconnect', endAtOnce);
  const notReady = { check: async () => ({ ready: false, checks: { service: 'is starting' } }) };
  const door = await openOpsDoor(settings, notReady, logger);
  try {
    return await work(logger);
  } catch (error) {
    process.stderr.write(`${(error as Error).message}\n`);
    return process.exit(1);
  } finally {
    door.close();
    process.off('disconnect', endAtOnce);
  }
}
