import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AccountsModule } from '../accounts/index.js';
import { CredentialsModule } from '../credentials/index.js';
import { McpAccessModule } from '../mcp-access/index.js';
import { ProjectsModule } from '../projects/index.js';
import { IncidentRevocation } from './incident-revocation.entity.js';
import { IncidentRow } from './incident.entity.js';
import { IncidentSteps } from './incident.steps.js';
import { IncidentSweep } from './incident.sweep.js';
import { IncidentsController } from './incidents.controller.js';
import { IncidentsService } from './incidents.service.js';

@Module({
  imports: [
    TypeOrmModule.forFeature([IncidentRow, IncidentRevocation]),
    AccountsModule,
    CredentialsModule,
    McpAccessModule,
    ProjectsModule,
  ],
  controllers: [IncidentsController],
  providers: [IncidentSteps, IncidentSweep, IncidentsService],
})
export class IncidentsModule {}
