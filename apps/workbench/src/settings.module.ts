import { Global, Module, type DynamicModule } from '@nestjs/common';
import type { FileStorage } from '@patchbay/files';
import type { WorkbenchConfig } from './config.js';
import type { SandboxDriver } from './sandbox/index.js';

export const CONFIG = Symbol('config');
export const DRIVER = Symbol('sandbox driver');
export const STORAGE = Symbol('file storage');

export interface Settings {
  config: WorkbenchConfig;
  driver: SandboxDriver;
  storage: FileStorage;
}

/** What is read and opened once at the start, for all features. */
@Global()
@Module({})
export class SettingsModule {
  static forRoot({ config, driver, storage }: Settings): DynamicModule {
    const providers = [
      { provide: CONFIG, useValue: config },
      { provide: DRIVER, useValue: driver },
      { provide: STORAGE, useValue: storage },
    ];
    return { module: SettingsModule, providers, exports: providers };
  }
}
