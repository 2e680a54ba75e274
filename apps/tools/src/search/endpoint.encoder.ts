import { AppError } from '@patchbay/contracts';
import { z } from 'zod';
import type { Encoder } from './encoder.js';

const Answer = z.object({
  data: z.array(z.object({ index: z.int(), embedding: z.array(z.number()).min(1) })),
});
const TIME_LIMIT_MS = 20_000;

export interface EmbeddingsEndpoint {
  /** `/embeddings` is added to it. */
  url: string;
  model: string;
  apiKey: string | undefined;
}

/** A model behind an OpenAI-compatible embeddings endpoint, which the operator names. */
export class EndpointEncoder implements Encoder {
  readonly model: string;

  constructor(private readonly endpoint: EmbeddingsEndpoint) {
    this.model = `${endpoint.url} ${endpoint.model}`;
  }

  async encode(texts: readonly string[]): Promise<number[][]> {
    const { url, model, apiKey } = this.endpoint;
    const response = await fetch(`${url.replace(/\/+$/, '')}/embeddings`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...(apiKey && { authorization: `Bearer ${apiKey}` }) },
      body: JSON.stringify({ model, input: texts }),
      signal: AbortSignal.timeout(TIME_LIMIT_MS),
    });
    if (!response.ok) {
      throw new AppError('unavailable', `The embeddings endpoint answered ${response.status}.`);
    }
    const { data } = Answer.parse(await response.json());
    const vectors = data.toSorted((a, b) => a.index - b.index).map(({ embedding }) => embedding);
    if (vectors.length !== texts.length) {
      throw new AppError('unavailable', 'The embeddings endpoint gave another number of vectors.');
    }
    return vectors;
  }

  async close(): Promise<void> {}
}
