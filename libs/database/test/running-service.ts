import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { createLogger, Messages, NatsClient, NatsServer, NestLogger, ServiceModule } from '@patchbay/service';
import { DataSource } from 'typeorm';
import type { ServiceDatabase } from '../src/data-source.options.js';
import { DatabaseModule } from '../src/database.module.js';
import { OutboxRelay } from '../src/outbox/outbox.relay.js';
import { Transactions } from '../src/transactions.js';

@Module({})
class TestModule {}

/** A service with nothing but its database in this process, put together as `startService` does it. */
export async function runService(natsUrl: string, databaseUrl: string, database: ServiceDatabase) {
  const logger = createLogger('auth', 'silent');
  const nats = await NatsClient.connect('auth', { NATS_URL: natsUrl }, logger);
  const messages = new Messages(nats, logger);
  const root = {
    module: TestModule,
    imports: [
      ServiceModule.forRoot({ name: 'auth', logger, nats, messages }),
      DatabaseModule.forRoot(databaseUrl, database),
    ],
  };
  const app = await NestFactory.createMicroservice(root, {
    strategy: new NatsServer('auth', nats, messages),
    logger: new NestLogger(logger),
  });
  await app.listen();
  return {
    nats,
    transactions: app.get(Transactions),
    relay: app.get(OutboxRelay),
    dataSource: app.get(DataSource),
    close: () => app.close(),
  };
}
