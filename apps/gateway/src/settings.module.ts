import { Global, Module, type DynamicModule } from '@nestjs/common';
import { openStorage } from '@patchbay/files';
import type { GatewayConfig } from './config.js';

/** Injection tokens. */
export const CONFIG = Symbol('CONFIG');
export const FILE_STORAGE = Symbol('FILE_STORAGE');

@Global()
@Module({})
export class SettingsModule {
  static async forRoot(config: GatewayConfig): Promise<DynamicModule> {
    const providers = [
      { provide: CONFIG, useValue: config },
      { provide: FILE_STORAGE, useValue: await openStorage(config) },
    ];
    return { module: SettingsModule, providers, exports: providers };
  }
}
