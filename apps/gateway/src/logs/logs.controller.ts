import { Body, Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import { getCall, listCalls } from '@patchbay/contracts';
import { Bus } from '@patchbay/service';
import { z } from 'zod';
import { AccessFor, Area, ProjectId } from '../access/index.js';
import { pageLimit, Wire } from '../http/index.js';
import { Filters } from './log-filters.js';
import { presentLog, presentLogDetail } from './log.presenter.js';

const ListBody = z.object({
  limit: pageLimit(1000),
  cursor: z.string().nullish(),
  filters: Filters,
  time_range: z.object({ from: z.number(), to: z.number() }).optional(),
});

@Controller('logs/tool_execution')
@AccessFor('project')
@Area('observability', 'read')
export class LogsController {
  constructor(private readonly bus: Bus) {}

  @Post()
  @HttpCode(200)
  async list(@ProjectId() projectId: string, @Body(new Wire(ListBody)) body: z.output<typeof ListBody>) {
    const { limit, cursor, filters, time_range: range } = body;
    const page = await this.bus.request(listCalls, {
      projectId,
      limit,
      cursor: cursor ?? undefined,
      filters,
      ...range,
    });
    return { logs: page.items.map(presentLog), next_cursor: page.nextCursor };
  }

  @Get(':id')
  async get(@ProjectId() projectId: string, @Param('id') logId: string) {
    return presentLogDetail(await this.bus.request(getCall, { projectId, logId }));
  }
}
