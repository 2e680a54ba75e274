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
  /** An answer that takes longer is given up. */
  timeLimitMs?: number;
}

/** A model behind an OpenAI-compatible embeddings endpoint, which the operator names. */
export class EndpointEncoder implements Encoder {
  readonly model: string;
  /** Common endpoints take ten times as many; an answer of so many stays below some ten megabytes. */
  readonly batch = 200;

  constructor(private readonly endpoint: EmbeddingsEndpoint) {
    this.model = `${endpoint.url} ${endpoint.model}`;
  }

  async encode(texts: readonly string[]): Promise<number[][]> {
    const { url, model, apiKey, timeLimitMs = TIME_LIMIT_MS } = this.endpoint;
    const response = await fetch(`${url.replace(/\/+$/, '')}/embeddings`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...(apiKey && { authorization: `Bearer ${apiKey}` }) },
      body: JSON.stringify({ model, input: texts }),
      signal: AbortSignal.timeout(timeLimitMs),
    });
    if (!response.ok) {
      throw new AppError('unavailable', `The embeddings endpoint answered ${response.status}.`);
    }
    const answer = Answer.safeParse(await response.json().catch(() => undefined));
    if (!answer.success) {
      throw new AppError('unavailable', 'The embeddings endpoint answered something else than embeddings.');
    }
    const { data } = answer.data;
    const vectors = data.toSorted((a, b) => a.index - b.index).map(({ embedding }) => embedding);
    if (vectors.length !== texts.length) {
      throw new AppError('unavailable', 'The embeddings endpoint gave another number of vectors.');
    }
    if (vectors.some(({ length }) => length !== vectors[0]?.length)) {
      throw new AppError('unavailable', 'The embeddings endpoint gave vectors of different lengths.');
    }
    return vectors;
  }

  async close(): Promise<void> {}
}
