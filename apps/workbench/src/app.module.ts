import { Module, type DynamicModule } from '@nestjs/common';
import { DatabaseModule } from '@patchbay/database';
import { openStorage } from '@patchbay/files';
import type { WorkbenchConfig } from './config.js';
import { database } from './database.js';
import { KeysModule } from './keys/index.js';
import { RunsModule } from './runs/index.js';
import { openDriver, type SandboxDriver } from './sandbox/index.js';
import { SettingsModule } from './settings.module.js';
import { StatusModule } from './status/index.js';
import { StdioModule } from './stdio/index.js';
import { WorkspacesModule } from './workspaces/index.js';

@Module({ imports: [KeysModule, RunsModule, StatusModule, StdioModule, WorkspacesModule] })
export class AppModule {
  /** @param open by default the driver that the settings name */
  static async forRoot(
    config: WorkbenchConfig,
    open: (config: WorkbenchConfig) => Promise<SandboxDriver> = openDriver,
  ): Promise<DynamicModule> {
    const [driver, storage] = [await open(config), await openStorage(config)];
    return {
      module: AppModule,
      imports: [
        SettingsModule.forRoot({ config, driver, storage }),
        DatabaseModule.forRoot(config.DATABASE_URL, database),
      ],
    };
  }
}
