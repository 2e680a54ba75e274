import { Body, Controller, Get, HttpCode, Post } from '@nestjs/common';
import { getCall, listCalls, Moment } from '@patchbay/contracts';
import { Bus } from '@patchbay/service';
import { z } from 'zod';
import { AccessFor, Area, ProjectId } from '../access/index.js';
import { ApiTag, bodyCursor, bodyLimit, Describe, PathId, Wire } from '../http/index.js';
import { Filters } from './log-filters.js';
import { presentLog, presentLogDetail } from './log.presenter.js';
import { LogDetailAnswer, LogsAnswer } from './log.answer.js';

const ListBody = z.object({
  limit: bodyLimit(1000),
  cursor: bodyCursor,
  filters: Filters,
  time_range: z.object({ from: Moment, to: Moment }).optional(),
});

@Controller('logs/tool_execution')
@AccessFor('project')
@Area('observability', 'read')
@ApiTag('Logs')
export class LogsController {
  constructor(private readonly bus: Bus) {}

  @Describe({
    id: 'listLogs',
    summary: 'List calls',
    description: 'Newest first.',
    answer: LogsAnswer,
    leadsTo: { 'logs/tool_execution/:id': 'logs.0.id' },
    example: { body: { filters: [{ field: 'status', operator: '==', value: 'failed' }], limit: 10 } },
  })
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

  @Describe({
    id: 'getLog',
    summary: 'Get a call',
    path: { id: 'The call, `log_…`.' },
    answer: LogDetailAnswer,
    errors: ['not_found'],
  })
  @Get(':id')
  async get(@ProjectId() projectId: string, @PathId('id', 'log') logId: string) {
    return presentLogDetail(await this.bus.request(getCall, { projectId, logId }));
  }
}
