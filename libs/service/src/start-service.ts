import { Module, type DynamicModule, type INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { ServiceName } from '@patchbay/contracts';
import type { ServiceSettings } from './config.js';
import { collectOnceIdle } from './collect-once-idle.js';
import { createLogger, NestLogger, type Logger } from './logger.js';
import { NatsClient } from './nats/nats.client.js';
import { NatsServer } from './nats/nats.server.js';
import type { NatsSettings } from './nats/settings.js';
import { Drain } from './health/drain.js';
import { HealthRegistry } from './health/health.registry.js';
import { Messages } from './rpc/messages.js';
import { ServiceModule } from './service.module.js';
import { countProcess } from './telemetry/metrics.js';
import { openOpsDoor } from './telemetry/ops.server.js';
import { startTracing } from './telemetry/tracing.js';

/** Of the time for a stop, what is left for closing when the work under way has taken the rest. */
const CLOSE_MS = 5_000;

@Module({})
class RootModule {}

export interface BootOptions {
  name: ServiceName;
  config: NatsSettings;
  module: DynamicModule;
  logger: Logger;
  /** Opens the doors; by default only the one to NATS. */
  listen?: (root: DynamicModule, bus: NatsServer, logger: Logger) => Promise<INestApplicationContext>;
}

/** Puts a service together and opens its doors. It ends with `close()` of what is answered. */
export async function bootService(options: BootOptions): Promise<INestApplicationContext> {
  const { name, config, module, logger, listen = listenOnBus } = options;
  const nats = await NatsClient.connect(name, config, logger);
  const messages = new Messages(nats, logger);
  const root: DynamicModule = {
    module: RootModule,
    imports: [ServiceModule.forRoot({ name, logger, nats, messages }), module],
  };
  const app = await listen(root, new NatsServer(name, nats, messages), logger);
  await nats.flush();
  return app;
}

export type StartOptions = Omit<BootOptions, 'logger' | 'config'> & { config: ServiceSettings };

/** Starts a service and keeps it until SIGTERM, SIGINT or the end of the process that supervises it. */
export async function startService({ config, ...options }: StartOptions): Promise<void> {
  const logger = createLogger(options.name, config.LOG_LEVEL);
  stopOnUncaught(logger);
  const tracing = await startTracing(options.name, config);
  countProcess(options.name);
  // While it starts there is nothing to finish: without its supervisor it just ends.
  const endAtOnce = () => process.exit(1);
  process.once('disconnect', endAtOnce);
  const app = await bootService({ ...options, config, logger });
  const ops = await openOpsDoor(config, app.get(HealthRegistry), logger);
  process.off('disconnect', endAtOnce);
  const limitMs = config.PATCHBAY_STOP_SECONDS * 1_000;
  stopOnSignal(logger, limitMs, async () => {
    await app.get(Drain).run(limitMs - CLOSE_MS);
    await app.close();
    ops.close();
    await tracing?.stop();
  });
  collectOnceIdle();
  logger.info('ready');
}

async function listenOnBus(
  root: DynamicModule,
  bus: NatsServer,
  logger: Logger,
): Promise<INestApplicationContext> {
  const app = await NestFactory.createMicroservice(root, { strategy: bus, logger: new NestLogger(logger) });
  try {
    await app.listen();
    app.get(Drain).onDrain((limitMs) => bus.close(limitMs));
  } catch (error) {
    await app.close();
    throw error;
  }
  return app;
}

function stopOnSignal(logger: Logger, limitMs: number, end: () => Promise<void>): void {
  let stopping = false;
  const stop = (reason: string) => {
    if (stopping) return;
    stopping = true;
    logger.info({ reason }, 'stopping');
    setTimeout(() => {
      logger.error('could not stop in time');
      process.exit(1);
    }, limitMs).unref();
    end().then(
      () => process.exit(0),
      (error: unknown) => {
        logger.error({ err: error }, 'the stop failed');
        process.exit(1);
      },
    );
  };
  process.once('SIGTERM', () => stop('SIGTERM'));
  process.once('SIGINT', () => stop('SIGINT'));
  // Under a supervisor with an IPC channel: it is gone, however it ended.
  process.once('disconnect', () => stop('supervisor gone'));
}

/** A process in an unknown state must not go on; its supervisor starts a fresh one. */
function stopOnUncaught(logger: Logger): void {
  process.on('uncaughtException', (error) => {
    logger.fatal({ err: error }, 'uncaught exception');
    process.exit(1);
  });
  process.on('unhandledRejection', (reason) => {
    logger.fatal({ err: reason }, 'unhandled rejection');
    process.exit(1);
  });
}
