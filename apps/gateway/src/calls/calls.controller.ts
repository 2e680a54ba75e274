import { Body, HttpCode, Post } from '@nestjs/common';
import { RawJson, ToolkitSlug, writeJson, type CallContext, type CallOrigin } from '@patchbay/contracts';
import { z } from 'zod';
import { AccessFor, Area, OpenToItsSandbox, Origin, ProjectId } from '../access/index.js';
import { ApiTag, Describe, PathId, PlainController, RequestCallContext, Wire } from '../http/index.js';
import { IdempotencyKey, Idempotent } from '../idempotency/index.js';
import { CustomToolsExperimental, inWireNames, SessionRequests } from '../sessions/index.js';
import type { ToolOutcome } from './call.js';
import { CallsService } from './calls.service.js';
import { CALL_LEADS_TO, SearchAnswer, SessionCallAnswer } from './call.answer.js';
import { CALL_ERRORS } from './call.errors.js';

/*
 * A field that is not known here is refused by name: it could be meant to say which account is used, or what may be found.
 */

const Arguments = z
  .record(z.string(), z.unknown())
  .nullish()
  .transform((given) => given ?? {});
const ExecuteBody = z.strictObject({
  tool_slug: z.string().min(1).max(200),
  arguments: Arguments,
  account: z.string().min(1).max(200).optional(),
  enable_auto_workbench_offload: z.boolean().nullish(),
  experimental: CustomToolsExperimental,
});
const ExecuteMetaBody = z.strictObject({
  slug: z.string().min(1).max(200),
  arguments: Arguments,
  experimental: CustomToolsExperimental,
});
const SearchBody = z.strictObject({
  queries: z
    .array(
      z.strictObject({ use_case: z.string().min(1).max(1024), known_fields: z.string().max(500).optional() }),
    )
    .min(1),
  toolkits: z.array(ToolkitSlug).optional(),
  model: z.string().optional(),
  search_strategy: z.string().optional(),
  explain: z
    .boolean()
    .optional()
    .describe('Each of the results says in `explanation` what its tools were found by. Ours.'),
  experimental: CustomToolsExperimental,
});

@PlainController({ path: 'tool_router/session/:sessionId' })
@AccessFor('project')
@Area('tool_execution')
@ApiTag('Execution')
export class CallsController {
  constructor(
    private readonly calls: CallsService,
    private readonly sessions: SessionRequests,
  ) {}

  @Describe({
    id: 'executeSessionTool',
    summary: 'Run a tool in a session',
    description:
      'Also a meta tool. A tool that fails is no error: its answer is 200, with the reason in `error`.',
    answer: SessionCallAnswer,
    leadsTo: CALL_LEADS_TO,
    errors: ['session_not_found', 'tool_not_found', ...CALL_ERRORS],
    example: {
      body: { tool_slug: 'TIME_GET_CURRENT_TIME', arguments: { timezone: 'Asia/Tokyo' } },
    },
  })
  @Post('execute')
  @Idempotent()
  @HttpCode(200)
  @OpenToItsSandbox()
  async execute(
    @ProjectId() projectId: string,
    @Origin() origin: CallOrigin,
    @RequestCallContext() context: CallContext,
    @IdempotencyKey() idempotencyKey: string | undefined,
    @PathId('sessionId', 'session') id: string,
    @Body(new Wire(ExecuteBody)) body: z.output<typeof ExecuteBody>,
  ) {
    const call = {
      scope: { session: await this.sessions.assignToUser(projectId, id) },
      toolSlug: body.tool_slug,
      arguments: body.arguments,
      account: body.account,
      customTools: body.experimental,
      origin,
      context,
      idempotencyKey,
      offload: body.enable_auto_workbench_offload ?? false,
    };
    return presentOutcome(await inWireNames(() => this.calls.execute(call)));
  }

  @Describe({
    id: 'executeSessionMetaTool',
    summary: 'Run a meta tool in a session',
    answer: SessionCallAnswer,
    leadsTo: CALL_LEADS_TO,
    errors: ['session_not_found', 'tool_not_found', ...CALL_ERRORS],
    example: {
      body: { slug: 'COMPOSIO_GET_TOOL_SCHEMAS', arguments: { tool_slugs: ['TIME_GET_CURRENT_TIME'] } },
    },
  })
  @Post('execute_meta')
  @Idempotent()
  @HttpCode(200)
  async executeMeta(
    @ProjectId() projectId: string,
    @RequestCallContext() context: CallContext,
    @IdempotencyKey() idempotencyKey: string | undefined,
    @PathId('sessionId', 'session') id: string,
    @Body(new Wire(ExecuteMetaBody)) body: z.output<typeof ExecuteMetaBody>,
  ) {
    const call = {
      scope: { session: await this.sessions.assignToUser(projectId, id) },
      toolSlug: body.slug,
      arguments: body.arguments,
      customTools: body.experimental,
      idempotencyKey,
      context,
    };
    return presentOutcome(await inWireNames(() => this.calls.executeMeta(call)));
  }

  /** The meta tool's answer with success and error on top (docs/api/meta-tools.md#what-a-search-answers). */
  @Describe({
    id: 'searchSessionTools',
    summary: 'Find tools for what is to be done',
    description: 'The answer of the meta tool `COMPOSIO_SEARCH_TOOLS`, with `success` and `error` on top.',
    answer: SearchAnswer,
    errors: [
      'session_not_found',
      'meta_tool_not_enabled',
      'toolkit_not_allowed',
      'toolkits_unknown',
      'tool_not_found',
    ],
    example: { body: { queries: [{ use_case: 'open an issue on GitHub' }] } },
  })
  @Post('search')
  @HttpCode(200)
  async search(
    @ProjectId() projectId: string,
    @RequestCallContext() context: CallContext,
    @PathId('sessionId', 'session') id: string,
    @Body(new Wire(SearchBody)) { experimental: customTools, ...query }: z.output<typeof SearchBody>,
  ) {
    const call = {
      scope: { session: await this.sessions.assignToUser(projectId, id) },
      toolSlug: 'COMPOSIO_SEARCH_TOOLS',
      arguments: query,
      customTools,
      context,
    };
    const { successful, data, error } = await inWireNames(() => this.calls.executeMeta(call));
    return withFields({ success: successful, error }, data);
  }
}

/** The fields of an answer before those of data that nobody has read. */
function withFields(
  fields: { success: boolean; error: string | null },
  data: ToolOutcome['data'],
): z.output<typeof SearchAnswer> {
  if (!(data instanceof RawJson)) return { ...fields, ...data };
  const begun = writeJson(fields).slice(0, -1);
  return new RawJson(data.text === '{}' ? `${begun}}` : `${begun},${data.text.slice(1)}`);
}

function presentOutcome({
  successful,
  data,
  error,
  logId,
  connectionId,
}: ToolOutcome): z.output<typeof SessionCallAnswer> {
  return {
    data,
    error,
    log_id: logId,
    // The Python SDK takes no answer without it.
    result_type: successful ? 'completed' : 'failed',
    ...(connectionId && { connected_account_id: connectionId }),
  };
}
