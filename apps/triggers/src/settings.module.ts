import { Module, type DynamicModule } from '@nestjs/common';
import { OutboundClient } from '@patchbay/service';
import type { TriggersConfig } from './config.js';

/** Injection token of the service's configuration. */
export const CONFIG = Symbol('CONFIG');

/** The service's settings and what is opened by them once, for injection anywhere in it. */
@Module({})
export class SettingsModule {
  static forRoot(config: TriggersConfig): DynamicModule {
    const provided = [
      { provide: CONFIG, useValue: config },
      { provide: OutboundClient, useValue: new OutboundClient(config.PATCHBAY_ALLOWED_PRIVATE_HOSTS) },
    ];
    return { module: SettingsModule, global: true, providers: provided, exports: provided };
  }
}
