import { Module } from '@nestjs/common';
import { AccountsModule } from '../accounts/index.js';
import { CredentialsModule } from '../credentials/index.js';
import { ProjectsModule } from '../projects/index.js';
import { ToolkitsModule } from '../toolkits/index.js';
import { ConnectionChangesService } from './connection-changes.service.js';
import { ConnectionsController } from './connections.controller.js';
import { ConnectionsService } from './connections.service.js';

@Module({
  imports: [AccountsModule, CredentialsModule, ProjectsModule, ToolkitsModule],
  controllers: [ConnectionsController],
  providers: [ConnectionChangesService, ConnectionsService],
})
export class ConnectionsModule {}
