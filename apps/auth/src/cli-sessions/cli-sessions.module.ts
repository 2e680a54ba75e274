import { Module } from '@nestjs/common';
import { PeopleModule } from '../people/index.js';
import { ProjectsModule } from '../projects/index.js';
import { CliSessionsController } from './cli-sessions.controller.js';
import { CliSessionsService } from './cli-sessions.service.js';

@Module({
  imports: [PeopleModule, ProjectsModule],
  controllers: [CliSessionsController],
  providers: [CliSessionsService],
})
export class CliSessionsModule {}
