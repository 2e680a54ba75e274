import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { Deletions } from '@patchbay/database';
import { CatalogueModule } from '../catalogue/index.js';
import { SearchModule, ToolTuningRow } from '../search/index.js';
import { SearchTuningController } from './search-tuning.controller.js';
import { SearchTuningService } from './search-tuning.service.js';

@Module({
  imports: [CatalogueModule, SearchModule, TypeOrmModule.forFeature([ToolTuningRow])],
  controllers: [SearchTuningController],
  providers: [SearchTuningService],
})
export class SearchTuningModule {
  constructor(deletions: Deletions, tunings: SearchTuningService) {
    deletions.register({ project: (projectId) => tunings.deleteAllOf(projectId) });
  }
}
