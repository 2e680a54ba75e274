import { Module } from '@nestjs/common';
import { WorkspacesModule } from '../workspaces/index.js';
import { ReplicaServer } from './replica.server.js';

@Module({ imports: [WorkspacesModule], providers: [ReplicaServer], exports: [ReplicaServer] })
export class ReplicasModule {}
