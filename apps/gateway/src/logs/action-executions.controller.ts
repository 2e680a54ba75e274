import { Body, Controller, Get, HttpCode, Post } from '@nestjs/common';
import {
  getCall,
  listCalls,
  listToolkits,
  Moment,
  type CallFilter,
  type CallRecord,
  type Toolkit,
} from '@patchbay/contracts';
import { Bus } from '@patchbay/service';
import { z } from 'zod';
import { AccessFor, Area, ProjectId } from '../access/index.js';
import { ApiTag, bodyLimit, Describe, PathId, Wire } from '../http/index.js';
import { presentExecution, presentExecutionDetail } from './action-execution.presenter.js';
import { FIELDS, OPERATORS } from './log-filters.js';
import { ExecutionCursor, nextCursor, readCursor } from './number-cursor.js';
import { ExecutionDetailAnswer, ExecutionFieldsAnswer, ExecutionsAnswer } from './log.answer.js';

/** Names of the older API for what a call has now. */
const OLD_FIELDS: Record<string, CallFilter['field']> = {
  ...FIELDS,
  actionKey: 'toolSlug',
  appKey: 'toolkit',
  connectedAccountId: 'connectionId',
  entityId: 'userId',
  sessionId: 'sessionId',
  id: 'logId',
};
const Search = z.object({
  field: z.enum(Object.keys(OLD_FIELDS)).default('text'),
  operation: z.enum(Object.keys(OPERATORS)).default('contains'),
  value: z.string().default(''),
});
const MAX_LIMIT = 500;
/** What `logs` gives at once. */
const MOST_READ = 1_000;
/** An older client knows only success and failure. */
const HAS_ENDED: CallFilter = { field: 'status', operator: 'notEquals', value: 'running' };
const ListBody = z.object({
  cursor: ExecutionCursor.nullish(),
  limit: bodyLimit(MAX_LIMIT),
  from: Moment.optional(),
  to: Moment.optional(),
  case_sensitive: z.boolean().nullish(),
  search_params: z.array(Search).max(20).default([]),
});

/** The record in the form in which older clients read it (`client.logs.tools`). */
@Controller('internal/action_execution')
@AccessFor('project')
@Area('observability', 'read')
@ApiTag('Logs')
export class ActionExecutionsController {
  constructor(private readonly bus: Bus) {}

  @Describe({
    id: 'listExecutions',
    summary: 'List calls as older clients do',
    description: 'Only those that have ended. The newer form is `listLogs`.',
    answer: ExecutionsAnswer,
    leadsTo: { 'internal/action_execution/log/:id': 'data.0.id' },
  })
  @Post('logs')
  @HttpCode(200)
  async list(@ProjectId() projectId: string, @Body(new Wire(ListBody)) body: z.output<typeof ListBody>) {
    const { limit, from, to, search_params: searches, case_sensitive: isCaseSensitive } = body;
    const before = readCursor(body.cursor ?? null);
    const page = await this.bus.request(listCalls, {
      projectId,
      filters: [HAS_ENDED, ...searches.map((search) => toFilter(search, isCaseSensitive === false))],
      from,
      to: before?.at ?? to,
      limit: Math.min(limit + (before?.seen ?? 0), MOST_READ),
    });
    const items = page.items.slice(before?.seen ?? 0);
    const toolkits = await this.toolkits(projectId, items);
    return {
      data: items.map((call) => presentExecution(call, toolkits.get(call.toolkit))),
      nextCursor: page.nextCursor === null ? null : nextCursor(page.items),
    };
  }

  @Describe({
    id: 'getExecution',
    summary: 'Get a call as older clients do',
    path: { id: 'The call, `log_…`.' },
    answer: ExecutionDetailAnswer,
    errors: ['not_found'],
  })
  @Get('log/:id')
  async get(@ProjectId() projectId: string, @PathId('id', 'log') logId: string) {
    const call = await this.bus.request(getCall, { projectId, logId });
    const toolkits = await this.toolkits(projectId, [call]);
    return presentExecutionDetail(call, toolkits.get(call.toolkit));
  }

  /** By what the record can be searched. */
  @Describe({
    id: 'listExecutionFields',
    summary: 'List the fields by which `listExecutions` searches',
    answer: ExecutionFieldsAnswer,
  })
  @Get('fields')
  fields() {
    const fields = Object.keys(OLD_FIELDS).map((id) => ({
      id,
      displayName: id.replaceAll('_', ' '),
      type: 'string' as const,
    }));
    return { fields: { action_execution: fields } };
  }

  /** Those of the calls, for their names and logos; what is not in the catalogue any more has none. */
  private async toolkits(projectId: string, calls: readonly CallRecord[]): Promise<Map<string, Toolkit>> {
    const slugs = [...new Set(calls.map(({ toolkit }) => toolkit))].filter((slug) => slug !== 'composio');
    if (slugs.length === 0) return new Map();
    const { items } = await this.bus.request(listToolkits, { projectId, slugs, limit: slugs.length });
    return new Map(items.map((toolkit) => [toolkit.slug, toolkit]));
  }
}

function toFilter({ field, operation, value }: z.output<typeof Search>, ignoreCase: boolean): CallFilter {
  return {
    field: OLD_FIELDS[field] ?? 'text',
    operator: OPERATORS[operation] ?? 'contains',
    value,
    ...(ignoreCase && { ignoreCase }),
  };
}
