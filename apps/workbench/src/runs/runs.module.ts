import { Module } from '@nestjs/common';
import { ReplicasModule } from '../replicas/index.js';
import { WorkspacesModule } from '../workspaces/index.js';
import { ExecutionService } from './execution.service.js';
import { RoutingService } from './routing.service.js';
import { RunsController } from './runs.controller.js';
import { RunsService } from './runs.service.js';

@Module({
  imports: [ReplicasModule, WorkspacesModule],
  controllers: [RunsController],
  providers: [ExecutionService, RoutingService, RunsService],
})
export class RunsModule {}
