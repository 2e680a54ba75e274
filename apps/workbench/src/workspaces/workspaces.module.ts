import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { Deletions } from '@patchbay/database';
import { HelpersModule } from '../helpers/index.js';
import { StatusModule } from '../status/index.js';
import { Archives } from './archives.service.js';
import { Checkpoints } from './checkpoints.service.js';
import { Leases } from './leases.service.js';
import { SandboxStarter } from './sandbox.starter.js';
import { SessionsEventsController } from './sessions.events.controller.js';
import { WarmPool } from './warm-pool.js';
import { Workspace } from './workspace.entity.js';
import { WorkspacesService } from './workspaces.service.js';

@Module({
  imports: [HelpersModule, StatusModule, TypeOrmModule.forFeature([Workspace])],
  controllers: [SessionsEventsController],
  providers: [Archives, Checkpoints, Leases, SandboxStarter, WarmPool, WorkspacesService],
  exports: [Checkpoints, Leases, WorkspacesService],
})
export class WorkspacesModule {
  constructor(deletions: Deletions, workspaces: WorkspacesService) {
    deletions.register({
      session: (projectId, sessionId) => workspaces.removeSession(projectId, sessionId),
      project: (projectId) => workspaces.removeProject(projectId),
    });
  }
}
