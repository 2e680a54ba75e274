import { Module, type DynamicModule, type INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { ServiceName } from '@patchbay/contracts';
import type { ServiceSettings } from './config.js';
import { createLogger, NestLogger, type Logger } from './logger.js';
import { NatsClient } from './nats/nats.client.js';
import { NatsServer } from './nats/nats.server.js';
import { InFlight } from './rpc/in-flight.js';
import { ServiceModule } from './service.module.js';

const STOP_LIMIT_MS = 15_000;

@Module({})
class RootModule {}

export interface StartOptions {
  name: ServiceName;
  config: ServiceSettings;
  module: DynamicModule;
  /** Opens the doors; by default only the one to NATS. */
  listen?: (root: DynamicModule, bus: NatsServer, logger: Logger) => Promise<INestApplicationContext>;
}

/** Starts a service and keeps it until SIGTERM, SIGINT or the end of the process that supervises it. */
export async function startService({
  name,
  config,
  module,
  listen = listenOnBus,
}: StartOptions): Promise<void> {
  const logger = createLogger(name, config.LOG_LEVEL);
  stopOnUncaught(logger);
  // While it starts there is nothing to finish: without its supervisor it just ends.
  const endAtOnce = () => process.exit(1);
  process.once('disconnect', endAtOnce);
  const inFlight = new InFlight();
  const nats = await NatsClient.connect(name, config.NATS_URL, logger);
  const root: DynamicModule = {
    module: RootModule,
    imports: [ServiceModule.forRoot({ name, logger, nats, inFlight }), module],
  };
  const app = await listen(root, new NatsServer(name, nats, inFlight), logger);
  process.off('disconnect', endAtOnce);
  stopOnSignal(app, logger);
  logger.info('ready');
}

async function listenOnBus(
  root: DynamicModule,
  bus: NatsServer,
  logger: Logger,
): Promise<INestApplicationContext> {
  const app = await NestFactory.createMicroservice(root, { strategy: bus, logger: new NestLogger(logger) });
  await app.listen();
  return app;
}

function stopOnSignal(app: INestApplicationContext, logger: Logger): void {
  let stopping = false;
  const stop = (reason: string) => {
    if (stopping) return;
    stopping = true;
    logger.info({ reason }, 'stopping');
    setTimeout(() => {
      logger.error('could not stop in time');
      process.exit(1);
    }, STOP_LIMIT_MS).unref();
    app.close().then(
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
