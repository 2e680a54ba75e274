import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { AppError, outsideText } from '@patchbay/contracts';
import { ParserPool, type ParserSettings } from '@patchbay/service';
import { PARSER_LIMITS, type Parse, type ToolParsers } from '@patchbay/toolkits';
import { CONFIG } from '../settings.module.js';
import type { ImportResult, McpToolsJob, OpenApiJob, SourceReading } from '../imports/index.js';

/** From `src` in tests as from `dist`: the process that runs is always the built one. */
const PROCESS_FILE = new URL('../../dist/parsing/parser.process.js', import.meta.url);
const MAX_DOCUMENT_BYTES = 32 * 1024 * 1024;
const MAX_TOOL_LIST_BYTES = 16 * 1024 * 1024;
/** A long document is parsed for seconds, and not often. */
const IMPORT_PATIENCE = 2;

/** Whose text it is, and until when its reading is of use. */
export interface ParserUse {
  projectId: string;
  /** In milliseconds since the epoch. */
  deadline?: number;
  signal?: AbortSignal | undefined;
}

/** The one way in which this service parses text from outside that is more than JSON. */
@Injectable()
export class ParsersService implements OnApplicationShutdown {
  private readonly pool: ParserPool;

  constructor(@Inject(CONFIG) settings: ParserSettings) {
    this.pool = new ParserPool(PROCESS_FILE, settings);
  }

  /** For tools, in the share of the project. */
  for({ projectId, deadline = Infinity, signal }: ParserUse): Parse {
    return async <K extends keyof ToolParsers>(parser: K, input: Parameters<ToolParsers[K]>[0]) => {
      const { what, maxBytes, bytesOf, patience } = PARSER_LIMITS[parser];
      const bytes = bytesOf(input);
      const task = { parser, input, what, bytes, maxBytes, owner: projectId };
      const answer = await this.pool.run({
        ...task,
        ...(patience !== undefined && { patience }),
        signal: givenUp(deadline, signal),
      });
      return answer as ReturnType<ToolParsers[K]>;
    };
  }

  /** @throws AppError `invalid_request` with the place and the reason when the document cannot be taken */
  async importOpenApi(projectId: string, input: OpenApiJob): Promise<SourceReading> {
    const { document } = input;
    const bytes = typeof document === 'string' ? document.length : JSON.stringify(document).length;
    const limits = { what: 'the document', bytes, maxBytes: MAX_DOCUMENT_BYTES, patience: IMPORT_PATIENCE };
    const result = await this.pool.run({ parser: 'openApi', input, owner: projectId, ...limits });
    return readingOf(result as ImportResult);
  }

  /** @throws AppError `invalid_request` when the list is too large or takes too long to be read */
  async importMcpTools(projectId: string, input: McpToolsJob): Promise<SourceReading> {
    const bytes = JSON.stringify(input.tools).length;
    const limits = {
      what: 'the list of tools',
      bytes,
      maxBytes: MAX_TOOL_LIST_BYTES,
      patience: IMPORT_PATIENCE,
    };
    const result = await this.pool.run({ parser: 'mcpTools', input, owner: projectId, ...limits });
    return readingOf(result as ImportResult);
  }

  async onApplicationShutdown(): Promise<void> {
    await this.pool.close();
  }
}

function readingOf(result: ImportResult): SourceReading {
  if ('reading' in result) return result.reading;
  const place = outsideText(result.refusal.place);
  const reason = outsideText(result.refusal.reason);
  throw new AppError('invalid_request', `The document cannot be taken: ${place || '/'}: ${reason}.`, {
    issues: [`source.document${place}: ${reason}`],
  });
}

/** After the deadline no caller waits for it. */
function givenUp(deadline: number, signal: AbortSignal | undefined): AbortSignal | undefined {
  if (deadline === Infinity) return signal;
  const tooLate = AbortSignal.timeout(Math.max(deadline - Date.now(), 1));
  return signal ? AbortSignal.any([signal, tooLate]) : tooLate;
}
