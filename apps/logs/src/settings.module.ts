import { Global, Module, type DynamicModule } from '@nestjs/common';
import type { LogsConfig } from './config.js';

/** Injection token of the service's configuration. */
export const CONFIG = Symbol('CONFIG');

@Global()
@Module({})
export class SettingsModule {
  static forRoot(config: LogsConfig): DynamicModule {
    const providers = [{ provide: CONFIG, useValue: config }];
    return { module: SettingsModule, providers, exports: providers };
  }
}
