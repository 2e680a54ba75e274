import { Module } from '@nestjs/common';
import { ProjectToolkitsController } from './project-toolkits.controller.js';

@Module({
  controllers: [ProjectToolkitsController],
})
export class ProjectToolkitsModule {}
