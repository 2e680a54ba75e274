import { Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { getDelivery, listDeliveries, resendDelivery } from '@patchbay/contracts';
import { Bus } from '@patchbay/service';
import { AccessFor, Area, ProjectId } from '../access/index.js';
import { ApiTag, Describe, PathId, Wire } from '../http/index.js';
import { DeliveriesAnswer, DeliveryAnswer, DeliveryDetailAnswer } from './webhook.answer.js';
import { DeliveriesQuery, DeliveryOrEventId } from './webhook.body.js';
import { presentDelivery, presentDeliveryDetail } from './webhook.presenter.js';

/** What became of a project's events on their way to its webhook. Ours. */
@Controller('webhook_deliveries')
@AccessFor('project')
@Area('webhooks')
@ApiTag('Webhooks')
export class WebhookDeliveriesController {
  constructor(private readonly bus: Bus) {}

  @Describe({
    id: 'listWebhookDeliveries',
    summary: 'List deliveries, newest first',
    answer: DeliveriesAnswer,
  })
  @Get()
  async list(@ProjectId() projectId: string, @Query(new Wire(DeliveriesQuery)) query: DeliveriesQuery) {
    const { items, nextCursor } = await this.bus.request(listDeliveries, { projectId, ...query });
    return { items: items.map(presentDelivery), next_cursor: nextCursor };
  }

  @Describe({
    id: 'getWebhookDelivery',
    summary: 'Get a delivery with its attempts',
    path: { id: 'The delivery, by the header webhook-id.' },
    answer: DeliveryDetailAnswer,
    errors: ['not_found'],
  })
  @Get(':id')
  async get(@ProjectId() projectId: string, @PathId('id', 'message') id: string) {
    return presentDeliveryDetail(await this.bus.request(getDelivery, { projectId, id }));
  }

  @Describe({
    id: 'resendWebhookDelivery',
    summary: 'Send an event again',
    description:
      'At once, under the same id: one that was delivered, was given up or waits, or that no webhook wanted when it happened.',
    path: { id: 'The delivery, or the event.' },
    answer: DeliveryAnswer,
    errors: ['not_found', 'conflict'],
  })
  @Post(':id/resend')
  @HttpCode(200)
  async resend(@ProjectId() projectId: string, @Param('id', new Wire(DeliveryOrEventId)) id: string) {
    return presentDelivery(await this.bus.request(resendDelivery, { projectId, id }));
  }
}
