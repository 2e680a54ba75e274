import { Module } from '@nestjs/common';
import { StreamModule } from '../stream/index.js';
import { SearchesController } from './searches.controller.js';
import { SearchesService } from './searches.service.js';

@Module({ imports: [StreamModule], controllers: [SearchesController], providers: [SearchesService] })
export class SearchesModule {}
