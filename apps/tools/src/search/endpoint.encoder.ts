import { AppError } from '@patchbay/contracts';
import { OPERATOR, OutboundClient } from '@patchbay/service';
import { z } from 'zod';
import type { Encoder } from './encoder.js';

const Answer = z.object({
  data: z.array(z.object({ index: z.int(), embedding: z.array(z.number()).min(1) })),
});
const TIME_LIMIT_MS = 20_000;
/** Of 200 vectors of 4,096 numbers each, with all their digits. */
const MAX_ANSWER_BYTES = 32 * 1024 * 1024;

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
  /** Common endpoints take ten times as many; an answer of so many stays below some ten megabytes. */
  readonly batch = 200;

  private readonly http: OutboundClient;

  constructor(private readonly endpoint: EmbeddingsEndpoint) {
    // The operator's own word: the endpoint may well be on his own network.
    this.http = new OutboundClient([new URL(endpoint.url).host]);
  }

  async encode(texts: readonly string[]): Promise<number[][]> {
    const { url, model, apiKey, timeLimitMs = TIME_LIMIT_MS } = this.endpoint;
    const { status, body } = await this.http.send({
      purpose: OPERATOR,
      method: 'POST',
      url: new URL(`${url.replace(/\/+$/, '')}/embeddings`),
      headers: { 'content-type': 'application/json', ...(apiKey && { authorization: `Bearer ${apiKey}` }) },
      body: JSON.stringify({ model, input: texts }),
      timeoutMs: timeLimitMs,
      maxBytes: MAX_ANSWER_BYTES,
    });
    if (status < 200 || status > 299) {
      throw new AppError('unavailable', `The embeddings endpoint answered ${status}.`);
    }
    const answer = Answer.safeParse(parseJson(body));
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

  async close(): Promise<void> {
    await this.http.close();
  }
}

function parseJson(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString());
  } catch {
    return undefined;
  }
}
