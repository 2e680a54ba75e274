import { Module } from '@nestjs/common';
import type { ToolsConfig } from '../config.js';
import { CONFIG } from '../settings.module.js';
import { ToolkitsModule } from '../toolkits/index.js';
import { EmbeddingCache, ENCODER, PREPARED_VECTORS } from './embedding.cache.js';
import type { Encoder } from './encoder.js';
import { EndpointEncoder } from './endpoint.encoder.js';
import { LocalEncoder } from './local.encoder.js';
import { SearchService } from './search.service.js';
import { readVectors, type Vectors } from './vectors.file.js';

const PREPARED = new URL('./tools.vectors', import.meta.url);

@Module({
  imports: [ToolkitsModule],
  providers: [
    SearchService,
    EmbeddingCache,
    { provide: ENCODER, useFactory: encoderFor, inject: [CONFIG] },
    { provide: PREPARED_VECTORS, useFactory: preparedFor, inject: [ENCODER] },
  ],
  exports: [SearchService],
})
export class SearchModule {}

/** The model that the operator chose. */
function encoderFor(config: ToolsConfig): Encoder | undefined {
  const { PATCHBAY_SEARCH_MODEL: model, PATCHBAY_EMBEDDINGS_URL: url } = config;
  if (model === 'none') return undefined;
  if (model === 'local') return new LocalEncoder();
  if (!url)
    throw new Error('Setting PATCHBAY_EMBEDDINGS_URL: is missing, and PATCHBAY_SEARCH_MODEL wants it');
  return new EndpointEncoder({
    url,
    model: config.PATCHBAY_EMBEDDINGS_MODEL,
    apiKey: config.PATCHBAY_EMBEDDINGS_API_KEY,
  });
}

async function preparedFor(encoder: Encoder | undefined): Promise<Vectors> {
  return encoder ? readVectors(PREPARED, encoder.model) : new Map();
}
