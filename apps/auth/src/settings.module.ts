import { Module, type DynamicModule } from '@nestjs/common';
import { OutboundClient } from '@patchbay/service';
import { installedToolkits } from '@patchbay/toolkits';
import type { AuthServiceConfig } from './config.js';

/** Injection tokens for what is not a class of ours. */
export const CONFIG = Symbol('CONFIG');
export const TOOLKITS = Symbol('TOOLKITS');

/** The service's settings and what is made of them, for injection anywhere in it. */
@Module({})
export class SettingsModule {
  static async forRoot(config: AuthServiceConfig): Promise<DynamicModule> {
    const provided = [
      { provide: CONFIG, useValue: config },
      { provide: TOOLKITS, useValue: await installedToolkits(config) },
      { provide: OutboundClient, useValue: new OutboundClient(config.PATCHBAY_ALLOWED_PRIVATE_HOSTS) },
    ];
    return { module: SettingsModule, global: true, providers: provided, exports: provided };
  }
}
