import { Body, Controller, Delete, Get, Param, Patch, Post, Query, Res } from '@nestjs/common';
import {
  deleteTrigger,
  listTriggers,
  setTriggerEnabled,
  TriggerSlug,
  upsertTrigger,
} from '@patchbay/contracts';
import { Bus } from '@patchbay/service';
import type { FastifyReply } from 'fastify';
import { AccessFor, Area, ProjectId } from '../access/index.js';
import { ApiTag, Describe, pageAnswer, PathId, presentPage, Wire } from '../http/index.js';
import {
  DeletedTriggerAnswer,
  TriggerInstanceAnswer,
  TriggerStatusAnswer,
  UpsertedTriggerAnswer,
} from './trigger.answer.js';
import { TriggersQuery, TriggerStatusBody, UpsertTriggerBody } from './trigger.body.js';
import { presentTrigger } from './trigger.presenter.js';

const TRIGGER = { id: 'The trigger instance, `ti_…`.' };
/** What the provider may say when a hook is made there. */
const HOOK_ERRORS = [
  'no_active_connection',
  'credential_refused',
  'provider_refused',
  'rate_limited',
  'provider_unreachable',
  'provider_timeout',
] as const;

/** What a project is told of, for which accounts: instances of trigger types. */
@Controller('trigger_instances')
@AccessFor('project')
@Area('triggers')
@ApiTag('Triggers')
export class TriggerInstancesController {
  constructor(private readonly bus: Bus) {}

  @Describe({
    id: 'upsertTrigger',
    summary: 'Make a trigger instance, or find and enable it',
    description:
      'The same type, account and config is the same instance. Without `connected_account_id` it is for the account of `user_id` that a tool call would use. A type that the provider tells of by itself has its hook made there now.',
    path: { slug: 'The trigger type, in either case.' },
    answer: UpsertedTriggerAnswer,
    leadsTo: { 'trigger_instances/manage/:id': 'trigger_id' },
    answers: { 200: { description: 'It was there already, and is enabled.', schema: UpsertedTriggerAnswer } },
    errors: ['trigger_type_not_found', 'connection_not_found', 'account_not_usable', ...HOOK_ERRORS],
    example: {
      body: { user_id: 'user_a', trigger_config: { owner: 'octocat', repo: 'hello-world' } },
    },
  })
  @Post(':slug/upsert')
  async upsert(
    @ProjectId() projectId: string,
    @Param('slug', new Wire(TriggerSlug)) triggerSlug: string,
    @Body(new Wire(UpsertTriggerBody)) body: UpsertTriggerBody,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const { instance, created } = await this.bus.request(upsertTrigger, { projectId, triggerSlug, ...body });
    void reply.status(created ? 201 : 200);
    return { trigger_id: instance.id, deprecated: { uuid: instance.id } };
  }

  @Describe({
    id: 'listTriggers',
    summary: 'List trigger instances',
    description:
      'Those that are enabled; with `show_disabled` the others as well. Lists are joined by commas.',
    answer: pageAnswer(TriggerInstanceAnswer),
    leadsTo: { 'trigger_instances/manage/:id': 'items.0.id' },
  })
  @Get('active')
  async list(@ProjectId() projectId: string, @Query(new Wire(TriggersQuery)) query: TriggersQuery) {
    const page = await this.bus.request(listTriggers, { projectId, ...query });
    return presentPage(page, query.limit, presentTrigger);
  }

  @Describe({
    id: 'setTriggerStatus',
    summary: 'Enable or disable a trigger instance',
    description: 'One that is so already stays so.',
    path: TRIGGER,
    answer: TriggerStatusAnswer,
    errors: ['not_found', ...HOOK_ERRORS],
    example: { body: { status: 'disable' } },
  })
  @Patch('manage/:id')
  async setStatus(
    @ProjectId() projectId: string,
    @PathId('id', 'triggerInstance') id: string,
    @Body(new Wire(TriggerStatusBody)) { status }: TriggerStatusBody,
  ) {
    await this.bus.request(setTriggerEnabled, { projectId, id, enabled: status === 'enable' });
    return { status: 'success' as const };
  }

  @Describe({
    id: 'deleteTrigger',
    summary: 'Delete a trigger instance',
    description: 'Its hook at the provider is removed as well, as far as the provider lets us.',
    path: TRIGGER,
    answer: DeletedTriggerAnswer,
    errors: ['not_found'],
  })
  @Delete('manage/:id')
  async delete(@ProjectId() projectId: string, @PathId('id', 'triggerInstance') id: string) {
    await this.bus.request(deleteTrigger, { projectId, id });
    return { trigger_id: id };
  }
}
