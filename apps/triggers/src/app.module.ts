import { Module, type DynamicModule, type OnApplicationShutdown } from '@nestjs/common';
import { DatabaseModule } from '@patchbay/database';
import { OutboundClient } from '@patchbay/service';
import type { TriggersConfig } from './config.js';
import { database } from './database.js';
import { DeliveriesModule } from './deliveries/index.js';
import { EventsModule } from './events/index.js';
import { EndpointsModule } from './endpoints/index.js';
import { IngressModule } from './ingress/index.js';
import { InstancesModule } from './instances/index.js';
import { PollingModule } from './polling/index.js';
import { PlatformEventsModule } from './platform-events/index.js';
import { SettingsModule } from './settings.module.js';
import { SubscriptionsModule } from './subscriptions/index.js';

@Module({
  imports: [
    EventsModule,
    SubscriptionsModule,
    DeliveriesModule,
    EndpointsModule,
    IngressModule,
    InstancesModule,
    PlatformEventsModule,
    PollingModule,
  ],
})
export class AppModule implements OnApplicationShutdown {
  constructor(private readonly http: OutboundClient) {}

  static forRoot(config: TriggersConfig): DynamicModule {
    return {
      module: AppModule,
      imports: [SettingsModule.forRoot(config), DatabaseModule.forRoot(config.DATABASE_URL, database)],
    };
  }

  async onApplicationShutdown(): Promise<void> {
    await this.http.close();
  }
}
