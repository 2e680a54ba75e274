import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { LOGGER, type Logger } from '@patchbay/service';
import { WordVectors } from '@patchbay/search';
import type { ToolsConfig } from '../config.js';
import { CONFIG } from '../settings.module.js';
import { ToolkitsModule } from '../toolkits/index.js';
import { EmbeddingCache } from './embedding.cache.js';
import { EMBEDDINGS, type Embeddings } from './embeddings.js';
import { EndpointEncoder } from './endpoint.encoder.js';
import { LocalEmbeddings } from './local.embeddings.js';
import { ProjectTunings } from './project-tunings.service.js';
import { SearchService } from './search.service.js';
import { ToolTuningRow } from './tool-tuning.entity.js';

@Module({
  imports: [ToolkitsModule, TypeOrmModule.forFeature([ToolTuningRow])],
  providers: [
    ProjectTunings,
    SearchService,
    { provide: EMBEDDINGS, useFactory: embeddingsFor, inject: [CONFIG, LOGGER] },
  ],
  exports: [ProjectTunings, SearchService],
})
export class SearchModule {}

/** What the operator chose. */
async function embeddingsFor(config: ToolsConfig, logger: Logger): Promise<Embeddings | undefined> {
  const { PATCHBAY_SEARCH_MODEL: model, PATCHBAY_EMBEDDINGS_URL: url } = config;
  if (model === 'none') return undefined;
  if (model === 'local') return new LocalEmbeddings(await WordVectors.read());
  if (!url)
    throw new Error('Setting PATCHBAY_EMBEDDINGS_URL: is missing, and PATCHBAY_SEARCH_MODEL wants it');
  const encoder = new EndpointEncoder({
    url,
    model: config.PATCHBAY_EMBEDDINGS_MODEL,
    apiKey: config.PATCHBAY_EMBEDDINGS_API_KEY,
  });
  return new EmbeddingCache(encoder, logger);
}
