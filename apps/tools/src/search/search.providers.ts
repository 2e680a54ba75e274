import type { Provider } from '@nestjs/common';
import type { ToolsConfig } from '../config.js';
import type { Encoder } from './encoder.js';
import { EndpointEncoder } from './endpoint.encoder.js';
import { LocalEncoder } from './local.encoder.js';
import { ENCODER, Meanings, PREPARED_VECTORS } from './meanings.js';
import { SearchService } from './search.service.js';
import { readVectors, type Vectors } from './vectors.file.js';

const PREPARED = new URL('./tools.vectors', import.meta.url);

/** Search with the model that the operator chose. */
export async function searchProviders(config: ToolsConfig): Promise<Provider[]> {
  const encoder = encoderOf(config);
  const vectors: Vectors = encoder ? await readVectors(PREPARED, encoder.model) : new Map();
  return [
    SearchService,
    Meanings,
    { provide: ENCODER, useValue: encoder },
    { provide: PREPARED_VECTORS, useValue: vectors },
  ];
}

function encoderOf(config: ToolsConfig): Encoder | undefined {
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
