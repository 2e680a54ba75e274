import type { HttpTool } from '@patchbay/toolkits';
import {
  importOpenApi,
  ImportRefusal,
  parseOpenApi,
  within,
  type ParserJob,
} from '@patchbay/toolkits/parsers';
import type { ToolkitDefinition } from './toolkit-definition.js';
import type { SourceReading } from './source-reading.js';

export type ImportResult = { reading: SourceReading } | { refusal: { place: string; reason: string } };

export interface OpenApiJob {
  document: unknown;
  slug: string;
  name?: string | undefined;
  baseUrl?: string | undefined;
  /** Where the document was found. */
  documentUrl?: string | undefined;
}
const MAX_OPERATIONS = 1_000;
/** Characters of a toolkit as it is kept: a document of a few pages can be made to mean more than there is room for. */
const MAX_DEFINITION_LENGTH = 16_000_000;

/** The toolkit that an OpenAPI document means. */
export async function openApi({ input, limitMs }: ParserJob<OpenApiJob>): Promise<ImportResult> {
  return within(limitMs, () => bounded(read(input)));
}

/** What is too large to be kept is refused before it reaches the service. */
export function bounded(result: ImportResult): ImportResult {
  if (!('reading' in result) || JSON.stringify(result.reading).length <= MAX_DEFINITION_LENGTH) return result;
  return { refusal: { place: '', reason: `makes tools of more than ${MAX_DEFINITION_LENGTH} characters` } };
}

function read({ document, slug, name, baseUrl, documentUrl }: OpenApiJob): ImportResult {
  try {
    const content = typeof document === 'string' ? parseOpenApi(document) : document;
    const { toolkit, imported, renamed, refused } = importOpenApi(content, {
      slug,
      maxOperations: MAX_OPERATIONS,
      ...(name && { name }),
      ...(baseUrl && { baseUrl }),
      ...(documentUrl && { documentUrl }),
    });
    const definition: ToolkitDefinition = {
      name: toolkit.name,
      description: toolkit.description,
      logo: toolkit.logo,
      baseUrl: toolkit.baseUrl ?? '',
      auth: toolkit.auth ?? [],
      tools: toolkit.tools.filter((tool): tool is HttpTool => tool.kind === 'http'),
    };
    return {
      reading: { definition, imported: imported.map((one) => one.slug), renamed, refused, adjusted: [] },
    };
  } catch (error) {
    if (!(error instanceof ImportRefusal)) throw error;
    return { refusal: { place: error.place, reason: error.reason } };
  }
}
