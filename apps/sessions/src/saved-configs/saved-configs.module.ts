import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { Deletions } from '@patchbay/database';
import { ConfigValidationModule } from '../config-validation/index.js';
import { SavedConfig } from './saved-config.entity.js';
import { SavedConfigsController } from './saved-configs.controller.js';
import { SavedConfigsService } from './saved-configs.service.js';

@Module({
  imports: [ConfigValidationModule, TypeOrmModule.forFeature([SavedConfig])],
  controllers: [SavedConfigsController],
  providers: [SavedConfigsService],
  exports: [SavedConfigsService],
})
export class SavedConfigsModule {
  constructor(deletions: Deletions, configs: SavedConfigsService) {
    deletions.register({ project: (projectId) => configs.deleteAllOf(projectId) });
  }
}
