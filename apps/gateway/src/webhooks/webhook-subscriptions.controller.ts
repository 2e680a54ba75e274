import { Body, Controller, Delete, Get, HttpCode, Patch, Post, Query } from '@nestjs/common';
import {
  createWebhookSubscription,
  deleteWebhookSubscription,
  getWebhookSubscription,
  listWebhookSubscriptions,
  rotateWebhookSecret,
  updateWebhookSubscription,
} from '@patchbay/contracts';
import { Bus } from '@patchbay/service';
import { AccessFor, Area, MayWrite, ProjectId } from '../access/index.js';
import { ApiTag, Describe, pageAnswer, PathId, presentPage, Wire } from '../http/index.js';
import { Idempotent } from '../idempotency/index.js';
import {
  DeletedSubscriptionAnswer,
  EventTypesAnswer,
  RotatedSecretAnswer,
  SubscriptionAnswer,
} from './webhook.answer.js';
import { NewSubscriptionBody, SubscriptionChangesBody, SubscriptionsQuery } from './webhook.body.js';
import { presentEventTypes, presentSubscription } from './webhook.presenter.js';

const SUBSCRIPTION = { id: 'The subscription.' };
const HOOK = 'https://app.example.com/hooks/patchbay';

/** Where a project's events are posted to. */
@Controller('webhook_subscriptions')
@AccessFor('project')
@Area('webhooks')
@ApiTag('Webhooks')
export class WebhookSubscriptionsController {
  constructor(private readonly bus: Bus) {}

  @Describe({
    id: 'listWebhookEventTypes',
    summary: 'List what a webhook can be sent',
    answer: EventTypesAnswer,
  })
  @Get('event_types')
  @Area('webhooks', 'read')
  eventTypes() {
    return { items: presentEventTypes() };
  }

  @Describe({
    id: 'listWebhookSubscriptions',
    summary: 'List the project’s webhook subscription',
    description: 'A project has one at most. Its secret comes with it, for those who may change it.',
    answer: pageAnswer(SubscriptionAnswer),
  })
  @Get()
  async list(
    @ProjectId() projectId: string,
    @Query(new Wire(SubscriptionsQuery)) query: SubscriptionsQuery,
    @MayWrite() withSecret: boolean,
  ) {
    const page = await this.bus.request(listWebhookSubscriptions, { projectId, ...query });
    return presentPage(page, query.limit, (one) => presentSubscription(one, { withSecret }));
  }

  @Describe({
    id: 'createWebhookSubscription',
    summary: 'Have the project’s events posted to an address',
    description:
      'Deliveries are signed with the secret that is answered, at least once, and tried for a day.',
    answer: SubscriptionAnswer,
    errors: ['conflict'],
    example: { body: { webhook_url: HOOK, enabled_events: ['composio.trigger.message'] } },
  })
  @Post()
  @Idempotent()
  async create(
    @ProjectId() projectId: string,
    @Body(new Wire(NewSubscriptionBody)) body: NewSubscriptionBody,
  ) {
    const made = await this.bus.request(createWebhookSubscription, { projectId, ...body });
    return presentSubscription(made, { withSecret: true });
  }

  @Describe({
    id: 'getWebhookSubscription',
    summary: 'Get a webhook subscription',
    path: SUBSCRIPTION,
    answer: SubscriptionAnswer,
    errors: ['not_found'],
  })
  @Get(':id')
  async get(
    @ProjectId() projectId: string,
    @PathId('id', 'webhookSubscription') id: string,
    @MayWrite() withSecret: boolean,
  ) {
    const subscription = await this.bus.request(getWebhookSubscription, { projectId, id });
    return presentSubscription(subscription, { withSecret });
  }

  @Describe({
    id: 'updateWebhookSubscription',
    summary: 'Change a webhook subscription',
    description: 'What is left out stays. One that was stopped is active again.',
    path: SUBSCRIPTION,
    answer: SubscriptionAnswer,
    errors: ['not_found'],
    example: { body: { version: 'V3' } },
  })
  @Patch(':id')
  async update(
    @ProjectId() projectId: string,
    @PathId('id', 'webhookSubscription') id: string,
    @Body(new Wire(SubscriptionChangesBody)) changes: SubscriptionChangesBody,
  ) {
    const changed = await this.bus.request(updateWebhookSubscription, { projectId, id, changes });
    return presentSubscription(changed, { withSecret: true });
  }

  @Describe({
    id: 'deleteWebhookSubscription',
    summary: 'Delete a webhook subscription',
    description: 'What waits to be delivered goes with it.',
    path: SUBSCRIPTION,
    answer: DeletedSubscriptionAnswer,
    errors: ['not_found'],
  })
  @Delete(':id')
  async delete(@ProjectId() projectId: string, @PathId('id', 'webhookSubscription') id: string) {
    await this.bus.request(deleteWebhookSubscription, { projectId, id });
    return { success: true };
  }

  @Describe({
    id: 'rotateWebhookSecret',
    summary: 'Replace the secret of a webhook subscription',
    description: 'The old one signs nothing any more.',
    path: SUBSCRIPTION,
    answer: RotatedSecretAnswer,
    errors: ['not_found'],
  })
  @Post(':id/rotate_secret')
  @HttpCode(200)
  async rotateSecret(@ProjectId() projectId: string, @PathId('id', 'webhookSubscription') id: string) {
    return this.bus.request(rotateWebhookSecret, { projectId, id });
  }
}
