import { Body, Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import { getCall, listCalls, type CallFilter } from '@patchbay/contracts';
import { Bus } from '@patchbay/service';
import { z } from 'zod';
import { AccessFor, ProjectId } from '../access/access.js';
import { Wire } from '../http/wire.js';
import { presentLog, presentLogDetail } from './log.presenter.js';

const FIELDS: Record<string, CallFilter['field']> = {
  tool_slug: 'toolSlug',
  toolkit_slug: 'toolkit',
  connected_account_id: 'connectionId',
  status: 'status',
  user_id: 'userId',
  session_id: 'sessionId',
  request_id: 'requestId',
  log_id: 'logId',
};
const OPERATORS: Record<string, CallFilter['operator']> = {
  '==': 'equals',
  '!=': 'notEquals',
  contains: 'contains',
  not_contains: 'notContains',
};

const ListBody = z.object({
  limit: z.int().min(1).max(1000).default(20),
  cursor: z.string().nullish(),
  filters: z
    .array(
      z.object({
        field: z.enum(Object.keys(FIELDS)),
        operator: z.enum(Object.keys(OPERATORS)),
        value: z.string(),
      }),
    )
    .default([]),
  time_range: z.object({ from: z.number(), to: z.number() }).optional(),
});

@Controller('logs/tool_execution')
@AccessFor('project')
export class LogsController {
  constructor(private readonly bus: Bus) {}

  @Post()
  @HttpCode(200)
  async list(@ProjectId() projectId: string, @Body(new Wire(ListBody)) body: z.output<typeof ListBody>) {
    const page = await this.bus.request(listCalls, {
      projectId,
      limit: body.limit,
      cursor: body.cursor ?? undefined,
      filters: body.filters.map(toFilter),
      ...body.time_range,
    });
    return { logs: page.items.map(presentLog), next_cursor: page.nextCursor };
  }

  @Get(':id')
  async get(@ProjectId() projectId: string, @Param('id') logId: string) {
    return presentLogDetail(await this.bus.request(getCall, { projectId, logId }));
  }
}

function toFilter({ field, operator, value }: z.output<typeof ListBody>['filters'][number]): CallFilter {
  return { field: FIELDS[field] ?? 'logId', operator: OPERATORS[operator] ?? 'equals', value };
}
