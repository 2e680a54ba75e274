import { Body, HttpCode, Param, Post } from '@nestjs/common';
import { generateArguments, toCallContext, ToolSlug, type CallContext } from '@patchbay/contracts';
import { Bus } from '@patchbay/service';
import type { z } from 'zod';
import { AccessFor, Area, ProjectId } from '../access/index.js';
import {
  ApiTag,
  ClientDisconnected,
  Describe,
  PlainController,
  RequestCallContext,
  Wire,
} from '../http/index.js';
import { IdempotencyKey, Idempotent } from '../idempotency/index.js';
import { CallsService } from './calls.service.js';
import { DirectCallBody, InputBody } from './direct-call.body.js';
import { DirectCallBuilder } from './direct-call.builder.js';
import { CALL_LEADS_TO, DirectCallAnswer, GeneratedArgumentsAnswer } from './call.answer.js';
import { CALL_ERRORS } from './call.errors.js';

/** Running tools without a session (docs/api/tools.md#execute). */
@PlainController({ path: 'tools/execute' })
@AccessFor('project')
@Area('tool_execution', 'write')
@ApiTag('Execution')
export class DirectCallsController {
  constructor(
    private readonly bus: Bus,
    private readonly builder: DirectCallBuilder,
    private readonly calls: CallsService,
  ) {}

  @Describe({
    id: 'executeTool',
    summary: 'Run a tool without a session',
    description:
      'With an account, or for a user. A tool that fails is no error: its answer is 200, with the reason in `error`.',
    answer: DirectCallAnswer,
    leadsTo: CALL_LEADS_TO,
    errors: [
      'tool_not_found',
      'account_of_another_user',
      'origin_mismatch',
      'target_not_public',
      ...CALL_ERRORS,
    ],
    example: { body: { user_id: 'user_a', arguments: { timezone: 'Asia/Tokyo' } } },
  })
  @Post(':slug')
  @Idempotent()
  @HttpCode(200)
  async execute(
    @ProjectId() projectId: string,
    @Param('slug', new Wire(ToolSlug)) slug: string,
    @Body(new Wire(DirectCallBody)) body: DirectCallBody,
    @IdempotencyKey() idempotencyKey: string | undefined,
    @ClientDisconnected() signal: AbortSignal,
    @RequestCallContext() context: CallContext,
  ) {
    const call = await this.builder.toolCall({ projectId, idempotencyKey, signal, context }, slug, body);
    const { logId, data, error, successful } = await this.calls.execute(call);
    return { data, error, successful, ...(logId && { log_id: logId }) };
  }

  @Describe({
    id: 'generateToolArguments',
    summary: 'Make a tool’s arguments out of a text',
    description: 'By the operator’s model; where there is none, `error` says so.',
    answer: GeneratedArgumentsAnswer,
    errors: ['tool_not_found'],
    example: { body: { text: 'what time is it in Tokyo?' } },
  })
  @Post(':slug/input')
  @HttpCode(200)
  async input(
    @ProjectId() projectId: string,
    @Param('slug', new Wire(ToolSlug)) toolSlug: string,
    @RequestCallContext() context: CallContext,
    @Body(new Wire(InputBody)) body: z.output<typeof InputBody>,
  ) {
    const { text, version, custom_description: description, system_prompt: systemPrompt } = body;
    const request = { projectId, toolSlug, version, text, description, systemPrompt };
    return this.bus.request(generateArguments, { ...request, context: toCallContext(context) });
  }
}
