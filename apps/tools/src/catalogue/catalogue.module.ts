import { Module } from '@nestjs/common';
import { ProjectToolkitsModule } from '../project-toolkits/index.js';
import { ReleasesModule } from '../releases/index.js';
import { SearchModule } from '../search/index.js';
import { ToolkitsModule } from '../toolkits/index.js';
import { CatalogueController } from './catalogue.controller.js';
import { CatalogueService } from './catalogue.service.js';
import { ProjectCatalogues } from './project-catalogues.service.js';

@Module({
  imports: [ProjectToolkitsModule, ReleasesModule, SearchModule, ToolkitsModule],
  controllers: [CatalogueController],
  providers: [CatalogueService, ProjectCatalogues],
  exports: [CatalogueService],
})
export class CatalogueModule {}
