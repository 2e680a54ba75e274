import { Injectable } from '@nestjs/common';
import {
  AppError,
  executeTool,
  isMetaTool,
  refuseCustomTool,
  toCallSession,
  type CallOutcome,
} from '@patchbay/contracts';
import { Bus } from '@patchbay/service';
import { z } from 'zod';
import { MemoriesService, memory } from '../memories/index.js';
import type { MetaCall, MetaResult, MetaTool } from './meta-tool.js';
import { workflowId, workflowOf } from './workflow.js';

const MAX_TOOLS = 50;

const item = z.object({
  tool_slug: z.string().min(1).describe('A slug that COMPOSIO_SEARCH_TOOLS answered.'),
  arguments: z.record(z.string(), z.unknown()).describe("Arguments that fit the tool's input_schema."),
  account: z
    .string()
    .min(1)
    .optional()
    .describe('Which of several accounts to use: its id, word id or alias.'),
});
const input = z.object({
  tools: z
    .array(item)
    .min(1)
    .max(MAX_TOOLS)
    .describe('Independent calls: they run side by side, in no set order.'),
  sync_response_to_workbench: z
    .boolean()
    .default(false)
    .describe('true: also save the whole answer into the workbench, for large results.'),
  memory,
  thought: z.string().optional().describe('Why these calls; kept in the logs.'),
  current_step: z.string().optional().describe('The step of the plan; kept in the logs.'),
  current_step_metric: z.string().optional().describe('Progress as `done/total units`; kept in the logs.'),
  session_id: workflowId,
});

export const multiExecuteDescription = {
  slug: 'COMPOSIO_MULTI_EXECUTE_TOOL',
  name: 'Run tools',
  description: `Runs up to ${MAX_TOOLS} tools at once and answers each one's result. Use it only with slugs and schemas that COMPOSIO_SEARCH_TOOLS answered, for toolkits whose account is connected, and for calls that do not need each other's results. One that fails does not stop the others.`,
  input,
  tags: ['important', 'openWorldHint', 'destructiveHint'],
};

@Injectable()
export class MultiExecute implements MetaTool<typeof input> {
  readonly about = multiExecuteDescription;

  constructor(
    private readonly bus: Bus,
    private readonly memories: MemoriesService,
  ) {}

  async run(
    { tools, memory: facts, session_id }: z.output<typeof input>,
    call: MetaCall,
  ): Promise<MetaResult> {
    if (facts) await this.memories.remember(call.session, facts);
    const results = await Promise.all(
      tools.map(async (tool, index) => ({
        tool_slug: tool.tool_slug,
        index,
        ...(await this.runOne(tool, index, call)),
      })),
    );
    const failed = results.filter(({ error }) => error !== null).length;
    return {
      data: {
        results,
        total_count: results.length,
        success_count: results.length - failed,
        error_count: failed,
        ...workflowOf(session_id),
      },
      error: failed === results.length ? `All ${failed} tools failed.` : null,
    };
  }

  /** `response` is null when the tool was not run; `error` is the reason then. */
  private async runOne(
    { tool_slug, arguments: given, account }: z.output<typeof item>,
    index: number,
    { session, logId, idempotencyKey, allowed, context }: MetaCall,
  ) {
    try {
      // Meta tools do not run inside each other.
      if (isMetaTool(tool_slug)) {
        throw new AppError('invalid_request', `${tool_slug} is a meta tool: call it by itself.`);
      }
      refuseCustomTool(tool_slug);
      const outcome = await this.bus.request(executeTool, {
        projectId: session.projectId,
        session: toCallSession(session, allowed),
        toolSlug: tool_slug,
        arguments: given,
        account,
        idempotencyKey: idempotencyKey && `${idempotencyKey}-${index}`,
        parent: { logId, toolSlug: this.about.slug },
        context,
      });
      return { response: toResponse(outcome), error: outcome.error };
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      return { response: null, error: [error.message, error.suggestion].filter(Boolean).join(' ') };
    }
  }
}

function toResponse({ successful, data, error, logId, connectionId }: CallOutcome) {
  return {
    successful,
    data,
    error,
    log_id: logId,
    ...(connectionId && { connected_account_id: connectionId }),
  };
}
