import { parentPort, workerData } from 'node:worker_threads';
import { importOpenApi, ImportRefusal, parseOpenApi, type HttpTool } from '@patchbay/toolkits';
import type { SourceReading } from './source-reading.js';

/*
 * The thread in which a document is read: it may take its time, and be ended.
 */
export type ImportResult = { reading: SourceReading } | { refusal: { place: string; reason: string } };

interface ImportJob {
  document: unknown;
  slug: string;
  name?: string | undefined;
  baseUrl?: string | undefined;
}
const MAX_OPERATIONS = 1_000;

parentPort?.postMessage(read(workerData as ImportJob));

function read({ document, slug, name, baseUrl }: ImportJob): ImportResult {
  try {
    const content = typeof document === 'string' ? parseOpenApi(document) : document;
    const { toolkit, imported, renamed, refused } = importOpenApi(content, {
      slug,
      maxOperations: MAX_OPERATIONS,
      ...(name && { name }),
      ...(baseUrl && { baseUrl }),
    });
    const definition = {
      name: toolkit.name,
      description: toolkit.description,
      logo: toolkit.logo,
      baseUrl: toolkit.baseUrl ?? '',
      auth: toolkit.auth ?? [],
      tools: toolkit.tools.filter((tool): tool is HttpTool => tool.kind === 'http'),
    };
    return { reading: { definition, imported: imported.map((one) => one.slug), renamed, refused } };
  } catch (error) {
    if (!(error instanceof ImportRefusal)) throw error;
    return { refusal: { place: error.place, reason: error.reason } };
  }
}
