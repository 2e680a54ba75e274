import { Body, Controller, HttpCode, Param, Post } from '@nestjs/common';
import type { CallOrigin, CallOutcome } from '@patchbay/contracts';
import { z } from 'zod';
import { AccessFor, Area, OpenToItsSandbox, Origin, ProjectId } from '../access/access.js';
import { Wire } from '../http/wire.js';
import { IdempotencyKey, Idempotent } from '../idempotency/idempotency.interceptor.js';
import { CustomToolsExperimental } from '../session-wire/custom-tools.body.js';
import { inWireNames } from '../session-wire/session.issues.js';
import { SessionSnapshots } from '../snapshots/session-snapshots.service.js';
import { CallsService } from './calls.service.js';

const Arguments = z
  .record(z.string(), z.unknown())
  .nullish()
  .transform((given) => given ?? {});
const ExecuteBody = z.object({
  tool_slug: z.string().min(1).max(200),
  arguments: Arguments,
  account: z.string().min(1).max(200).optional(),
  enable_auto_workbench_offload: z.boolean().nullish(),
  experimental: CustomToolsExperimental,
});
const ExecuteMetaBody = z.object({
  slug: z.string().min(1).max(200),
  arguments: Arguments,
  experimental: CustomToolsExperimental,
});
const SearchBody = z.object({
  queries: z
    .array(z.object({ use_case: z.string().min(1).max(1024), known_fields: z.string().max(500).optional() }))
    .min(1),
  toolkits: z.array(z.string()).optional(),
  model: z.string().optional(),
  search_strategy: z.string().optional(),
  experimental: CustomToolsExperimental,
});

@Controller('tool_router/session/:sessionId')
@AccessFor('project')
@Area('tool_execution')
export class CallsController {
  constructor(
    private readonly calls: CallsService,
    private readonly sessions: SessionSnapshots,
  ) {}

  @Post('execute')
  @Idempotent()
  @HttpCode(200)
  @OpenToItsSandbox()
  async execute(
    @ProjectId() projectId: string,
    @Origin() origin: CallOrigin,
    @IdempotencyKey() idempotencyKey: string | undefined,
    @Param('sessionId') id: string,
    @Body(new Wire(ExecuteBody)) body: z.output<typeof ExecuteBody>,
  ) {
    const session = await this.sessions.get(projectId, id);
    const { tool_slug: toolSlug, arguments: given, account, experimental: customTools } = body;
    const offload = body.enable_auto_workbench_offload ?? false;
    const call = { toolSlug, arguments: given, account, customTools, origin, idempotencyKey, offload };
    return presentOutcome(await inWireNames(() => this.calls.execute(session, call)));
  }

  @Post('execute_meta')
  @Idempotent()
  @HttpCode(200)
  async executeMeta(
    @ProjectId() projectId: string,
    @IdempotencyKey() idempotencyKey: string | undefined,
    @Param('sessionId') id: string,
    @Body(new Wire(ExecuteMetaBody)) body: z.output<typeof ExecuteMetaBody>,
  ) {
    const session = await this.sessions.get(projectId, id);
    const { slug: toolSlug, arguments: given, experimental: customTools } = body;
    const call = { toolSlug, arguments: given, customTools, idempotencyKey };
    return presentOutcome(await inWireNames(() => this.calls.executeMeta(session, call)));
  }

  /** The meta tool's answer with success and error on top (docs/api/meta-tools.md#what-a-search-answers). */
  @Post('search')
  @HttpCode(200)
  async search(
    @ProjectId() projectId: string,
    @Param('sessionId') id: string,
    @Body(new Wire(SearchBody)) { experimental: customTools, ...query }: z.output<typeof SearchBody>,
  ) {
    const session = await this.sessions.get(projectId, id);
    const call = { toolSlug: 'COMPOSIO_SEARCH_TOOLS', arguments: query, customTools };
    const { successful, data, error } = await inWireNames(() => this.calls.executeMeta(session, call));
    return { success: successful, error, ...data };
  }
}

function presentOutcome({ data, error, logId, connectionId }: CallOutcome) {
  return { data, error, log_id: logId, ...(connectionId && { connected_account_id: connectionId }) };
}
