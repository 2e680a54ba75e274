import { Module } from '@nestjs/common';
import { CatalogueModule } from '../catalogue/index.js';
import { ArgumentGenerationController } from './argument-generation.controller.js';
import { ArgumentGenerationService } from './argument-generation.service.js';

@Module({
  imports: [CatalogueModule],
  controllers: [ArgumentGenerationController],
  providers: [ArgumentGenerationService],
})
export class ArgumentGenerationModule {}
