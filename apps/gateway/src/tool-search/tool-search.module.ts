import { Module } from '@nestjs/common';
import { SearchTuningsController } from './search-tunings.controller.js';

@Module({ controllers: [SearchTuningsController] })
export class ToolSearchModule {}
