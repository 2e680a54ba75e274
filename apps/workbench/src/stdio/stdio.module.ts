import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { StdioPackagesModule } from '../stdio-packages/index.js';
import { ReplicasModule } from '../replicas/index.js';
import { StatusModule } from '../status/index.js';
import { WorkspacesModule } from '../workspaces/index.js';
import { OwnersEventsController } from './owners.events.controller.js';
import { ProcessStarter } from './process/process.starter.js';
import { ProcessesService } from './processes.service.js';
import { StdioController } from './stdio.controller.js';
import { StdioLease } from './stdio-lease.entity.js';
import { StdioLeases } from './stdio-leases.service.js';
import { StdioService } from './stdio.service.js';

@Module({
  imports: [
    ReplicasModule,
    StatusModule,
    StdioPackagesModule,
    TypeOrmModule.forFeature([StdioLease]),
    WorkspacesModule,
  ],
  controllers: [OwnersEventsController, StdioController],
  providers: [ProcessesService, ProcessStarter, StdioLeases, StdioService],
})
export class StdioModule {}
