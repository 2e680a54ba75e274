import { createHash } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { OnApplicationShutdown } from '@nestjs/common';
import type { Logger } from '@patchbay/service';
import { LRUCache } from 'lru-cache';
import { quantise } from './dense.index.js';
import type { Embeddings, TextVectors } from './embeddings.js';
import type { Encoder } from './encoder.js';

/** Queries are repeated: agents ask for the same things, and pages of one list are one query. */
const QUERIES_KEPT = 10_000;
const TEXTS_KEPT = 50_000;
/** Later than this an answer by words alone is the better one. */
const QUERY_LIMIT_MS = 300;
/** More that wait for a model are more than it can do. */
const WAITING_AT_MOST = 32;
/** A model that failed is left alone for so long. */
const REST_MS = 5_000;

/** Embeddings by a model that takes its time and may fail: what it answered is kept. */
export class EmbeddingCache implements Embeddings, OnApplicationShutdown {
  private readonly queries = new LRUCache<string, Int8Array>({ max: QUERIES_KEPT });
  private readonly texts = new LRUCache<string, Int8Array>({ max: TEXTS_KEPT });
  private failing = false;
  private restsUntil = 0;
  private waiting = 0;

  constructor(
    private readonly encoder: Encoder,
    private readonly logger: Logger,
  ) {}

  async ofQuery(text: string): Promise<Int8Array | undefined> {
    const key = text.trim().toLowerCase();
    const known = this.queries.get(key);
    if (known || Date.now() < this.restsUntil || this.waiting >= WAITING_AT_MOST) return known;
    this.waiting += 1;
    const limit = new AbortController();
    const encoding = this.encode([key])
      .then(([vector]) => {
        if (vector) this.queries.set(key, vector);
        return vector;
      })
      .catch((error: unknown) => this.report(error))
      .finally(() => (this.waiting -= 1));
    try {
      const tooLate = delay(QUERY_LIMIT_MS, undefined, { signal: limit.signal }).catch(() => undefined);
      return await Promise.race([encoding, tooLate]);
    } finally {
      limit.abort();
    }
  }

  async ofTexts(texts: readonly string[]): Promise<TextVectors | undefined> {
    if (texts.length === 0) return undefined;
    try {
      const found = await this.vectorsOf(texts);
      const dimensions = found[0]?.length ?? 0;
      if (found.some(({ length }) => length !== dimensions)) throw new Error('The model changed its vectors');
      const vectors = new Int8Array(dimensions * found.length);
      for (const [index, vector] of found.entries()) vectors.set(vector, index * dimensions);
      return { vectors, dimensions };
    } catch (error) {
      return this.report(error);
    }
  }

  async onApplicationShutdown(): Promise<void> {
    await this.encoder.close();
  }

  private async vectorsOf(texts: readonly string[]): Promise<Int8Array[]> {
    const keys = texts.map(hashOf);
    const vectors = keys.map((key) => this.texts.get(key));
    const missing = [...vectors.keys()].filter((index) => !vectors[index]);
    const size = this.encoder.batch;
    for (let at = 0; at < missing.length; at += size) {
      const batch = missing.slice(at, at + size);
      const made = await this.encode(batch.map((index) => texts[index] as string));
      for (const [place, index] of batch.entries()) {
        const vector = made[place];
        if (!vector) throw new Error('The model gave fewer vectors than it was asked for');
        vectors[index] = vector;
        this.texts.set(keys[index] as string, vector);
      }
    }
    return vectors as Int8Array[];
  }

  private async encode(texts: readonly string[]): Promise<Int8Array[]> {
    const vectors = await this.encoder.encode(texts);
    this.failing = false;
    return vectors.map(quantise);
  }

  /** Once an outage, not once a query. */
  private report(error: unknown): undefined {
    if (!this.failing) this.logger.warn({ err: error }, 'tools are found by words alone: the model failed');
    this.failing = true;
    this.restsUntil = Date.now() + REST_MS;
    return undefined;
  }
}

/** Names a text without keeping it. */
function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('base64');
}
