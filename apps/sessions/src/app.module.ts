import { Module, type DynamicModule } from '@nestjs/common';
import { DatabaseModule } from '@patchbay/database';
import type { SessionsConfig } from './config.js';
import { database } from './database.js';
import { McpServersModule } from './mcp-servers/index.js';
import { MetaToolsModule } from './meta-tools/index.js';
import { SavedConfigsModule } from './saved-configs/index.js';
import { SessionsModule } from './sessions/index.js';
import { ToolkitsModule } from './toolkits/index.js';

@Module({ imports: [SavedConfigsModule, SessionsModule, ToolkitsModule, MetaToolsModule, McpServersModule] })
export class AppModule {
  static forRoot(config: SessionsConfig): DynamicModule {
    return { module: AppModule, imports: [DatabaseModule.forRoot(config.DATABASE_URL, database)] };
  }
}
