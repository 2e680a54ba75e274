import { Global, Module, type DynamicModule, type OnApplicationShutdown } from '@nestjs/common';
import type { ServiceName } from '@patchbay/contracts';
import { Bus } from './bus.js';
import { Drain } from './health/drain.js';
import { healthController } from './health/health.controller.js';
import { HealthRegistry } from './health/health.registry.js';
import type { Logger } from './logger.js';
import { NatsClient } from './nats/nats.client.js';
import { Messages } from './rpc/messages.js';
import { LOGGER, SERVICE_NAME } from './tokens.js';

export interface ServiceParts {
  name: ServiceName;
  logger: Logger;
  nats: NatsClient;
  messages: Messages;
}

/** What every app stands on, for injection anywhere in it. */
@Global()
@Module({})
export class ServiceModule implements OnApplicationShutdown {
  constructor(private readonly nats: NatsClient) {}

  static forRoot(parts: ServiceParts): DynamicModule {
    const provided = [
      { provide: SERVICE_NAME, useValue: parts.name },
      { provide: LOGGER, useValue: parts.logger },
      { provide: NatsClient, useValue: parts.nats },
      { provide: Messages, useValue: parts.messages },
      Bus,
      Drain,
      HealthRegistry,
    ];
    return {
      module: ServiceModule,
      controllers: [healthController(parts.name)],
      providers: provided,
      exports: provided,
    };
  }

  async onApplicationShutdown(): Promise<void> {
    await this.nats.close();
  }
}
