import { Controller, Get, Query } from '@nestjs/common';
import { listRejectedEvents } from '@patchbay/contracts';
import { Bus } from '@patchbay/service';
import { z } from 'zod';
import { AccessFor } from '../access/index.js';
import { ApiTag, Describe, pageQuery, Wire } from '../http/index.js';
import { RejectedEventsAnswer } from './log.answer.js';

const RejectedQuery = z.object(pageQuery(50));

/** For the operator: what the record could not keep, and why. */
@Controller('org/logs/rejected_events')
@AccessFor('organisation')
@ApiTag('Organisation')
export class RejectedEventsController {
  constructor(private readonly bus: Bus) {}

  @Describe({
    id: 'listRejectedEvents',
    summary: 'List events that the record could not keep',
    answer: RejectedEventsAnswer,
  })
  @Get()
  async list(@Query(new Wire(RejectedQuery)) query: z.output<typeof RejectedQuery>) {
    const { items, total, nextCursor } = await this.bus.request(listRejectedEvents, query);
    return {
      items: items.map(({ publishedAt, rejectedAt, ...event }) => ({
        ...event,
        published_at: publishedAt,
        rejected_at: rejectedAt,
      })),
      total_items: total,
      next_cursor: nextCursor,
    };
  }
}
