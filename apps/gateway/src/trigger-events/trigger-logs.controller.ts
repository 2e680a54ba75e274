import { Body, Controller, Get, HttpCode, Post } from '@nestjs/common';
import {
  AppError,
  getDelivery,
  getTriggerEvent,
  listDeliveries,
  MAX_EVENTS,
  searchTriggerEvents,
  type Delivery,
  type TriggerEvent,
} from '@patchbay/contracts';
import { Bus } from '@patchbay/service';
import { z } from 'zod';
import { AccessFor, Area, ProjectId } from '../access/index.js';
import { ApiTag, Describe, PathId, Wire } from '../http/index.js';
import { TriggerLogsBody } from './trigger-log.body.js';
import {
  presentTriggerLog,
  TriggerLogAnswer,
  TriggerLogsAnswer,
  type SeenEvent,
} from './trigger-log.presenter.js';

/** Deliveries that one request lists. */
const MAX_DELIVERIES = 100;

/** The events of triggers in the form in which older clients read them (`client.logs.triggers`). */
@Controller('internal/trigger')
@AccessFor('project')
@Area('triggers', 'read')
@ApiTag('Triggers')
export class TriggerLogsController {
  constructor(private readonly bus: Bus) {}

  @Describe({
    id: 'listTriggerLogs',
    summary: 'List events of triggers as older clients do',
    description:
      'Newest first. `status` and `integrationId` leave out what they do not mean, so that a page may be shorter than its limit. The newer form is `listTriggerEvents`.',
    answer: TriggerLogsAnswer,
    leadsTo: { 'internal/trigger/log/:id': 'data.0.id' },
  })
  @Post('logs')
  @HttpCode(200)
  async list(@ProjectId() projectId: string, @Body(new Wire(TriggerLogsBody)) body: TriggerLogsBody) {
    const { search, status, authConfigId, withPayload } = body;
    const { items, nextCursor } = await this.bus.request(searchTriggerEvents, {
      projectId,
      ...search,
      types: ['composio.trigger.message'],
      limit: withPayload ? Math.min(search.limit, MAX_EVENTS) : search.limit,
      withData: withPayload,
    });
    const events = items
      .filter(isSeen)
      .filter(({ origin }) => authConfigId === undefined || origin.authConfigId === authConfigId);
    const deliveries = await this.deliveriesOf(projectId, events);
    const logs = events.map((event) =>
      presentTriggerLog(event, deliveries.get(event.id) ?? [], { withPayload }),
    );
    return { data: logs.filter((log) => status === 'all' || log.status === status), nextCursor };
  }

  @Describe({
    id: 'getTriggerLog',
    summary: 'Get an event of a trigger as older clients do',
    path: { id: 'The event, `log_…`.' },
    answer: z.object({ log: TriggerLogAnswer }),
    errors: ['not_found'],
  })
  @Get('log/:id')
  async get(@ProjectId() projectId: string, @PathId('id', 'log') id: string) {
    const event = await this.bus.request(getTriggerEvent, { projectId, id });
    if (!isSeen(event)) throw new AppError('not_found', `No trigger saw ${id}.`);
    const deliveries = (await this.deliveriesOf(projectId, [event])).get(id) ?? [];
    const [newest] = deliveries;
    const told = newest && (await this.bus.request(getDelivery, { projectId, id: newest.id }));
    return { log: presentTriggerLog(event, deliveries, { withPayload: true, told }) };
  }

  /** By event, newest first. */
  private async deliveriesOf(
    projectId: string,
    events: readonly TriggerEvent[],
  ): Promise<Map<string, Delivery[]>> {
    if (events.length === 0) return new Map();
    const eventIds = events.map(({ id }) => id);
    const { items } = await this.bus.request(listDeliveries, { projectId, eventIds, limit: MAX_DELIVERIES });
    return Map.groupBy(items, ({ eventId }) => eventId);
  }
}

function isSeen(event: TriggerEvent): event is SeenEvent {
  return event.origin !== null;
}
