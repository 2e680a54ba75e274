import { Injectable } from '@nestjs/common';
import { AppError, describeIssues, outsideLines, RawJson, type ContentBlock } from '@patchbay/contracts';
import { OutboundClient } from '@patchbay/service';
import {
  asDescribed,
  checkArguments,
  toData,
  ToolFailure,
  type HttpTool,
  type ToolSpec,
} from '@patchbay/toolkits';
import { ZodError } from 'zod';
import { ParsersService } from '../parsing/index.js';
import { McpUpstreams } from '../mcp/index.js';
import {
  ProviderClient,
  type ProviderAccess,
  buildRequest,
  MAX_FAILURE_CHARACTERS,
} from '../providers/index.js';
import type { ToolResult } from './tool-result.js';

/** Runs tools, whatever they are made of. */
@Injectable()
export class ToolRunner {
  constructor(
    private readonly http: OutboundClient,
    private readonly upstreams: McpUpstreams,
    private readonly parsers: ParsersService,
  ) {}

  /** Never throws: whatever a tool does wrong is an outcome of the call. */
  async run(tool: ToolSpec, given: Record<string, unknown>, access: ProviderAccess): Promise<ToolResult> {
    const input = checkArguments(tool, given);
    if (!input.ok) {
      const { issues } = input;
      return failure(`Invalid request data provided: ${issues.join('; ')}`, { invalid_arguments: issues });
    }
    try {
      const content: ContentBlock[] = [];
      const data = asDescribed(await this.perform(tool, input.value, access, content), tool);
      return { successful: true, data, error: null, ...(content.length > 0 && { content }) };
    } catch (error) {
      if (error instanceof ToolFailure) return failure(error.message, error.data);
      const message = messageOf(error, access.toolkit.name);
      return failure(message, { message });
    }
  }

  private async perform(
    tool: ToolSpec,
    input: Record<string, unknown>,
    access: ProviderAccess,
    content: ContentBlock[],
  ): Promise<ToolResult['data']> {
    if (tool.kind === 'mcp') return this.upstreams.run(tool, input, access, content);
    const http = new ProviderClient(this.http, access);
    if (tool.kind === 'http') {
      return answerOf(tool, await http.requestRaw(await buildRequest(tool, input, access.files)));
    }
    return tool.run(input, {
      now: () => new Date(),
      http,
      files: access.files,
      parse: this.parsers.for(access),
      account: access.credential?.urlValues ?? {},
      attach: (block) => void content.push(block),
    });
  }
}

function answerOf({ dataKey }: HttpTool, body: unknown): ToolResult['data'] {
  if (body instanceof RawJson) return rawDataOf(body, dataKey);
  return dataKey ? { [dataKey]: body } : toData(body);
}

/** As `toData` has it: a list stands under a key. */
function rawDataOf(body: RawJson, dataKey: string | undefined): RawJson {
  const { text } = body;
  if (dataKey) return new RawJson(`{${JSON.stringify(dataKey)}:${text}}`);
  return text.startsWith('[') ? new RawJson(`{"items":${text}}`) : body;
}

function messageOf(error: unknown, provider: string): string {
  if (error instanceof AppError) return error.message;
  if (error instanceof ZodError) {
    return `${provider} answered what the tool does not understand: ${describeIssues(error).join('; ')}`;
  }
  // The deadline of the call, while it waited its turn or was at work.
  if (error instanceof DOMException && error.name === 'TimeoutError') {
    return 'The tool was not done within the time that a call has. Ask for less at once, or for fewer things side by side.';
  }
  return 'The tool failed in an unexpected way.';
}

/** The words in it are the provider's, a server's, or made of what a model gave. */
function failure(words: string, data: Record<string, unknown>): ToolResult {
  const error = outsideLines(words, MAX_FAILURE_CHARACTERS);
  const { message } = data;
  const isText = typeof message === 'string';
  return {
    successful: false,
    data: isText ? { ...data, message: outsideLines(message, MAX_FAILURE_CHARACTERS) } : data,
    error,
  };
}
