import { Module, type DynamicModule } from '@nestjs/common';
import { openStorage } from '@patchbay/files';
import { OutboundClient } from '@patchbay/service';
import { installedToolkits } from '@patchbay/toolkits';
import type { ToolsConfig } from './config.js';

/** Injection tokens for what is not a class of ours. */
export const CONFIG = Symbol('CONFIG');
export const FILE_STORAGE = Symbol('FILE_STORAGE');
export const TOOLKITS = Symbol('TOOLKITS');

/** The service's settings and what is opened by them once, for injection anywhere in it. */
@Module({})
export class SettingsModule {
  static async forRoot(config: ToolsConfig): Promise<DynamicModule> {
    const provided = [
      { provide: CONFIG, useValue: config },
      { provide: FILE_STORAGE, useValue: await openStorage(config) },
      { provide: TOOLKITS, useValue: await installedToolkits(config) },
      { provide: OutboundClient, useValue: new OutboundClient(config.PATCHBAY_ALLOWED_PRIVATE_HOSTS) },
    ];
    return { module: SettingsModule, global: true, providers: provided, exports: provided };
  }
}
