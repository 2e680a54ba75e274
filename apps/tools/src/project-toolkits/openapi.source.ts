import { Worker } from 'node:worker_threads';
import { Injectable } from '@nestjs/common';
import { AppError } from '@patchbay/contracts';
import { OutboundClient } from '@patchbay/service';
import type { ImportResult } from './openapi.import.worker.js';
import type { SourceReading } from './source-reading.js';

const MAX_DOCUMENT_BYTES = 32 * 1024 * 1024;
const FETCH_LIMIT_MS = 20_000;
const IMPORT_LIMIT_MS = 20_000;
const IMPORT_MEMORY_MB = 512;

export interface OpenApiSource {
  url?: string | undefined;
  document?: string | Record<string, unknown> | undefined;
  baseUrl?: string | undefined;
}

/** Toolkits out of OpenAPI documents. */
@Injectable()
export class OpenApiReader {
  constructor(private readonly http: OutboundClient) {}

  /** @throws AppError `invalid_request` with the place and the reason when the document cannot be taken */
  async read(slug: string, name: string | undefined, source: OpenApiSource): Promise<SourceReading> {
    if ((source.url === undefined) === (source.document === undefined)) {
      throw new AppError('invalid_request', 'An OpenAPI source has a url or a document.', {
        issues: ['source: either url or document'],
      });
    }
    const document = source.document ?? (await this.fetch(new URL(String(source.url))));
    // A document may leave it to its own address to say where the API is (OpenAPI 3.1, Server Object).
    const outcome = await importInThread({ document, slug, name, baseUrl: source.baseUrl });
    if ('refusal' in outcome) {
      const { place, reason } = outcome.refusal;
      throw new AppError('invalid_request', `The document cannot be taken: ${place || '/'}: ${reason}.`, {
        issues: [`source.document${place}: ${reason}`],
      });
    }
    return outcome.reading;
  }

  private async fetch(url: URL): Promise<string> {
    const { status, body } = await this.http.send({
      method: 'GET',
      url,
      headers: {
        accept: 'application/json, application/yaml, text/yaml, */*;q=0.5',
        'user-agent': 'Patchbay',
      },
      timeoutMs: FETCH_LIMIT_MS,
      maxBytes: MAX_DOCUMENT_BYTES,
    });
    if (status !== 200) {
      throw new AppError('invalid_request', `${url.host} answered ${status} instead of a document.`, {
        issues: ['source.url: must answer the document'],
      });
    }
    return body.toString('utf8');
  }
}

/** Reading a document is pure work, of seconds for a long one, and a hostile one may want more than there is. */
function importInThread(workerData: object): Promise<ImportResult> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./openapi.import.worker.js', import.meta.url), {
      workerData,
      resourceLimits: { maxOldGenerationSizeMb: IMPORT_MEMORY_MB },
    });
    const tooMuch = (cause?: unknown) =>
      new AppError('invalid_request', 'The document takes more time or memory than it may.', { cause });
    const limit = setTimeout(() => {
      reject(tooMuch());
      void worker.terminate();
    }, IMPORT_LIMIT_MS);
    worker.once('message', (result: ImportResult) => resolve(result));
    worker.once('error', (error) => reject(tooMuch(error)));
    worker.once('exit', () => {
      clearTimeout(limit);
      reject(tooMuch());
    });
  });
}
