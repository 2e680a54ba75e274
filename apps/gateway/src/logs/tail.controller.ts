import { Controller, Get, Headers, Query, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { AccessFor, Area, ProjectId } from '../access/index.js';
import { LongLivedResponses } from '../long-lived-responses/index.js';
import { ApiTag, Describe, ServerSentEvents, Wire } from '../http/index.js';
import { ConcurrencyLimits } from '../limits/index.js';
import { queryFilters } from './log-filters.js';
import { presentLog } from './log.presenter.js';
import { MissedCalls } from './missed-calls.service.js';
import { eventId, momentOf, TailFeed } from './tail.feed.js';
import { TailsService } from './tails.service.js';

const TailQuery = z.object({ filters: queryFilters });

/** Calls as they happen, as server-sent events: when one starts, and when it ends. */
@Controller('logs/tool_execution/tail')
@AccessFor('project')
@Area('observability', 'read')
@ApiTag('Logs')
export class TailController {
  constructor(
    private readonly tails: TailsService,
    private readonly missed: MissedCalls,
    private readonly concurrency: ConcurrencyLimits,
    private readonly longLivedResponses: LongLivedResponses,
  ) {}

  @Describe({
    id: 'tailLogs',
    summary: 'Watch calls as they happen',
    description:
      'Server-sent events: `call` with a `Log` when one starts and when it ends, `gap` and `end` with a `reason`. A client that comes again with `Last-Event-ID` is sent what it missed.',
    headers: z.object({
      'last-event-id': z.string().optional().describe('The id of the last event that came.'),
    }),
    answers: { 200: { description: 'Events, until either side ends it.', type: 'text/event-stream' } },
  })
  @Get()
  async tail(
    @ProjectId() projectId: string,
    @Query(new Wire(TailQuery)) { filters }: z.output<typeof TailQuery>,
    @Headers('last-event-id') lastEventId: string | undefined,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const stream = new ServerSentEvents(reply.raw);
    const since = momentOf(lastEventId);
    const feed = new TailFeed((call) => stream.send('call', presentLog(call), eventId(call)), {
      isHeld: since !== undefined,
      onOverflow: () => stream.end('Too many calls happened while the missed ones were read.'),
    });
    const added = await this.tails.add({
      projectId,
      filters,
      send: (call) => feed.take(call),
      end: (reason) => stream.end(reason),
    });
    reply.raw.once('close', () => added.remove());
    reply.hijack();
    stream.open();
    this.concurrency.release(reply.raw);
    this.longLivedResponses.hold(request, { response: reply.raw, end: (reason) => stream.end(reason) });
    if (since === undefined) return;
    const { calls, gap } = await this.missed.since(since, { projectId, filters });
    if (gap) stream.send('gap', { reason: gap, from: new Date(since).toISOString() });
    feed.release(calls);
  }
}
