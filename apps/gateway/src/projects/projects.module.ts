import { Module } from '@nestjs/common';
import { LeakedKeysController } from './leaked-keys.controller.js';
import { OwnProjectController } from './own-project.controller.js';
import { ProjectsController } from './projects.controller.js';

@Module({
  controllers: [LeakedKeysController, OwnProjectController, ProjectsController],
})
export class ProjectsModule {}
