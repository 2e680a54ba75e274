import { Controller, Get, Query } from '@nestjs/common';
import { getTriggerEvent, searchTriggerEvents } from '@patchbay/contracts';
import { Bus } from '@patchbay/service';
import { AccessFor, Area, ProjectId } from '../access/index.js';
import { ApiTag, Describe, PathId, Wire } from '../http/index.js';
import { TriggerEventDetailAnswer, TriggerEventsAnswer } from './trigger-event.answer.js';
import { EventsQuery } from './trigger-event.body.js';
import { presentEvent, presentEventDetail } from './trigger-event.presenter.js';

/** A project's events as they are kept. Ours. */
@Controller('triggers/events')
@AccessFor('project')
@Area('triggers', 'read')
@ApiTag('Triggers')
export class EventsController {
  constructor(private readonly bus: Bus) {}

  @Describe({
    id: 'listTriggerEvents',
    summary: 'List events, newest first',
    description: 'What triggers saw and what the platform tells, for as long as it is kept.',
    answer: TriggerEventsAnswer,
  })
  @Get()
  async list(@ProjectId() projectId: string, @Query(new Wire(EventsQuery)) query: EventsQuery) {
    const { items, nextCursor } = await this.bus.request(searchTriggerEvents, { projectId, ...query });
    return { items: items.map(presentEvent), next_cursor: nextCursor };
  }

  @Describe({
    id: 'getTriggerEvent',
    summary: 'Get an event with what it holds',
    path: { id: 'The event, `log_…`.' },
    answer: TriggerEventDetailAnswer,
    errors: ['not_found'],
  })
  @Get(':id')
  async get(@ProjectId() projectId: string, @PathId('id', 'log') id: string) {
    return presentEventDetail(await this.bus.request(getTriggerEvent, { projectId, id }));
  }
}
