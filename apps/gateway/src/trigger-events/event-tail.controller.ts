import { Controller, Get, Headers, Query, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { AccessFor, Area, ProjectId } from '../access/index.js';
import { ApiTag, Describe, ServerSentEvents, Wire } from '../http/index.js';
import { ConcurrencyLimits } from '../limits/index.js';
import { LongLivedResponses } from '../long-lived-responses/index.js';
import { eventFilters } from './event-filters.js';
import { EventTail, MAX_UNREAD_BYTES } from './event.tail.js';
import { TriggerEventFeed } from './trigger-event.feed.js';
import { TriggerEventReader } from './trigger-event.reader.js';

const TailQuery = z.object(eventFilters);

/** Events of triggers and of the platform as they happen, for everything that speaks HTTP. */
@Controller('triggers/events/tail')
@AccessFor('project')
@Area('triggers', 'read')
@ApiTag('Triggers')
export class EventTailController {
  constructor(
    private readonly feed: TriggerEventFeed,
    private readonly reader: TriggerEventReader,
    private readonly concurrency: ConcurrencyLimits,
    private readonly longLivedResponses: LongLivedResponses,
  ) {}

  @Describe({
    id: 'tailTriggerEvents',
    summary: 'Watch events of triggers as they happen',
    description:
      'Server-sent events: `message` with what a webhook of version V3 is sent, `gap` and `end` with a `reason`. A client that comes again with `Last-Event-ID` is sent what it missed, as long as that is kept; one that sends `log_0` is sent all that is kept.',
    headers: z.object({
      'last-event-id': z.string().optional().describe('The id of the last event that came, as `log_…`.'),
    }),
    answers: { 200: { description: 'Events, until either side ends it.', type: 'text/event-stream' } },
  })
  @Get()
  async tail(
    @ProjectId() projectId: string,
    @Query(new Wire(TailQuery)) filters: z.output<typeof TailQuery>,
    @Headers('last-event-id') lastEventId: string | undefined,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const stream = new ServerSentEvents(reply.raw, MAX_UNREAD_BYTES);
    const tail = new EventTail(projectId, filters, stream);
    const place = this.feed.open(projectId, tail);
    reply.raw.once('close', place.leave);
    reply.hijack();
    stream.open();
    this.concurrency.release(reply.raw);
    this.longLivedResponses.hold(request, { response: reply.raw, end: (reason) => stream.end(reason) });
    await tail.follow(this.reader, place, lastEventId);
  }
}
