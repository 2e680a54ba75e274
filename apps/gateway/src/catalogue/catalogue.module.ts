import { Module } from '@nestjs/common';
import { ToolkitsController } from './toolkits.controller.js';
import { ToolsController } from './tools.controller.js';

@Module({
  controllers: [ToolkitsController, ToolsController],
})
export class CatalogueModule {}
