import { Injectable } from '@nestjs/common';
import { AppError, type AnswerOf, type executeTool } from '@patchbay/contracts';
import type { CatalogueEntry } from '../toolkits/index.js';
import { CatalogueService } from '../catalogue/index.js';
import { outOfScope, requireToolkitInScope, restricted } from '../scope/index.js';
import { AnswersService, type WrittenResult } from './answers.service.js';
import { CallPipeline, type CallSteps, type CallTarget } from './call.pipeline.js';
import type { Call } from './call.js';
import type { ToolResult } from './tool-result.js';
import { ToolRunner } from './tool.runner.js';

type ToolTarget = CallTarget & Pick<CatalogueEntry, 'definition' | 'spec'>;

/** Runs tools, also those of MCP servers. */
@Injectable()
export class CallsService {
  private readonly steps: CallSteps<ToolTarget, ToolResult, WrittenResult> = {
    resolve: (call) => this.resolve(call),
    requireScope: requireToolInScope,
    send: (call, { spec }, access) => this.tools.run(spec, call.arguments, access),
    present: async (sent, _, { owner }) => {
      const result = await this.answers.fit(sent, owner);
      return { result, answer: result };
    },
  };

  constructor(
    private readonly answers: AnswersService,
    private readonly catalogue: CatalogueService,
    private readonly pipeline: CallPipeline,
    private readonly tools: ToolRunner,
  ) {}

  async execute(call: Call): Promise<AnswerOf<typeof executeTool>> {
    const { answer, logId, connectionId } = await this.pipeline.run(call, this.steps);
    const { successful, data, error, content } = answer;
    // What is raw comes last: the reply is taken apart there.
    return { successful, error, logId, connectionId, ...(content && { content }), data };
  }

  private async resolve({ projectId, session, toolSlug, version: versions }: Call): Promise<ToolTarget> {
    const at = session.toolsAt;
    const { definition, spec, toolkit } = await this.catalogue.entry(projectId, toolSlug, { at, versions });
    const { slug, aliases } = definition;
    return { definition, spec, toolkit, toolSlug: slug, aliases, token: spec.token };
  }
}

function requireToolInScope({ session }: Call, { definition }: ToolTarget): void {
  requireToolkitInScope(session.scope, definition.toolkit.slug);
  if (outOfScope(session.scope, definition)) {
    throw restricted('tool_not_allowed', `The tool ${definition.slug} is not allowed in this session.`);
  }
  // A session keeps the tools that it was made with.
  if (session.id === null && definition.deprecated) {
    throw new AppError('tool_deprecated', `${definition.slug} is deprecated: its provider takes it away.`, {
      suggestion: 'Search for the tool that took its place.',
    });
  }
}
