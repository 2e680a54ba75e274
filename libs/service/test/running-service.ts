import { Module, type Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { ServiceName } from '@patchbay/contracts';
import { Bus } from '../src/bus.js';
import { NestLogger } from '../src/logger.js';
import { NatsClient } from '../src/nats/nats.client.js';
import { NatsServer } from '../src/nats/nats.server.js';
import { Messages } from '../src/rpc/messages.js';
import { ServiceModule } from '../src/service.module.js';
import { recordingLogger } from './recording-logger.js';

@Module({})
class TestModule {}

/** A service of these controllers in this process, put together as `startService` does it. */
export async function runService(url: string, name: ServiceName, controllers: Type[]) {
  const { logger, lines } = recordingLogger();
  const nats = await NatsClient.connect(name, { NATS_URL: url }, logger);
  const messages = new Messages(nats, logger);
  const root = {
    module: TestModule,
    imports: [ServiceModule.forRoot({ name, logger, nats, messages })],
    controllers,
  };
  const app = await NestFactory.createMicroservice(root, {
    strategy: new NatsServer(name, nats, messages),
    logger: new NestLogger(logger),
  });
  await app.listen();
  // The server knows of every subscription once it has answered this.
  await nats.connection.flush();
  return { app, nats, lines, close: () => app.close() };
}

/** Somebody who only asks. */
export async function connectCaller(url: string, name: ServiceName = 'gateway') {
  const { logger, lines } = recordingLogger();
  const nats = await NatsClient.connect(name, { NATS_URL: url }, logger);
  return { nats, logger, lines, bus: new Bus(nats, logger), close: () => nats.close() };
}
