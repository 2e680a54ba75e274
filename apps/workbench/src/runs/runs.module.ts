import { Module } from '@nestjs/common';
import { WorkspacesModule } from '../workspaces/index.js';
import { ExecutionService } from './execution.service.js';
import { ReplicaServer } from './replica.server.js';
import { RoutingService } from './routing.service.js';
import { RunsController } from './runs.controller.js';
import { RunsService } from './runs.service.js';

@Module({
  imports: [WorkspacesModule],
  controllers: [RunsController],
  providers: [ExecutionService, ReplicaServer, RoutingService, RunsService],
})
export class RunsModule {}
